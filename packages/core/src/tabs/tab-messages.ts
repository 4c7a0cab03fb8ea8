import type { OutboxNews } from '../store/outbox-news.ts';
import type { Frame } from '../stream/frames.ts';
import type { CursorFrame } from './recent-frames.ts';

/** Every frame but `hello`, which each tab gets for its own cursor. */
export type SharedFrame = Exclude<Frame, { readonly kind: 'hello' }>;

/** What the tabs of one agent say to each other. `from` and `to` are ids of tabs. */
export type TabMessage =
  | LeaderMessage
  /** "I want the frames after this cursor." The answer to `ask` is a `welcome`, `lost` or, for the time being, `alive`. */
  | { readonly kind: 'join'; readonly from: string; readonly ask: number; readonly cursor: string | undefined }
  /** "Does anybody lead?" */
  | { readonly kind: 'ping' }
  | { readonly kind: 'outbox'; readonly news: OutboxNews }
  /** "I close: of what I stored last nobody may have been told." */
  | { readonly kind: 'left' }
  /** The agent logged out in another tab. */
  | { readonly kind: 'erased' };

export type LeaderMessage =
  | Welcome
  /** A frame just came; they are counted, so that one that is missing is noticed. */
  | { readonly kind: 'frame'; readonly from: string; readonly count: number; readonly frame: SharedFrame }
  /** It is there. */
  | { readonly kind: 'alive' }
  /** It has the stream (again): who wants frames joins. */
  | { readonly kind: 'open' }
  /** It has no stream, and tries to get one. */
  | { readonly kind: 'lost'; readonly reason: string; readonly needsAuth: boolean };

export interface Welcome {
  readonly kind: 'welcome';
  readonly from: string;
  readonly to: string;
  readonly ask: number;
  readonly count: number;
  /** `frames` is everything after the cursor that was named; otherwise it is too old, and `cursor` is where it goes on. */
  readonly resumed: boolean;
  readonly cursor: string;
  readonly frames: readonly CursorFrame[];
  readonly heartbeatMs: number;
  readonly windowMs: number;
  /** Now, by the clock of the server. */
  readonly serverTime: number;
}

/** Raised when the messages or the rows of the outbox change shape: pages of two versions then form groups of their own. */
const version = 1;

/** @param owner gateway and agent */
export function groupName(owner: string): string {
  return `prosa-tabs ${version} ${owner}`;
}
