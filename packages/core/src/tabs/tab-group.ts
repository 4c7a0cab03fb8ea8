import type { Clock } from '../client/clock.ts';
import { deepFreeze } from '../client/deep-freeze.ts';
import { Timer } from '../client/timer.ts';
import { AuthError, ConnectionError } from '../errors/local-errors.ts';
import type { OutboxPeers } from '../store/outbox-news.ts';
import type { Outbox } from '../store/outbox.ts';
import type { FrameSource } from '../stream/frame-source.ts';
import type { Frame } from '../stream/frames.ts';
import type { StreamReader } from '../stream/read-stream.ts';
import { Leadership } from './leadership.ts';
import { isPageHidden } from './page-visibility.ts';
import { RecentFrames } from './recent-frames.ts';
import type { LeaderMessage, SharedFrame, TabMessage, Welcome } from './tab-messages.ts';

export interface TabGroupOptions {
  readonly name: string;
  readonly clock: Clock;
  readonly locks: LockManager;
  readonly server: FrameSource;
  readonly outbox: () => Pick<Outbox, 'share' | 'hear' | 'wake'> | null;
  /** Tries now instead of waiting. */
  readonly retry: () => void;
  /** The agent logged out in another tab. */
  readonly onErased: () => void;
}

type Hello = Frame & { readonly kind: 'hello' };

/** What this tab is told by the leader. */
interface Following {
  readonly reader: StreamReader;
  readonly cursor: () => string | undefined;
  readonly fail: (error: Error) => void;
  /** Number of the question that waits for its answer; 0 when there is none. */
  ask: number;
  leader: string;
  count: number;
}

/** A leader that leaves this many questions in a row unanswered is replaced: after four seconds. */
const pingEveryMs = 1000;
const maxMissed = 3;
/** Followers that do not ask, because nobody sees them, hear of the leader this often at most. */
const beatEveryMs = 5000;

/**
 * One of the tabs in which an agent is at work. The one that holds the lock, the leader, has the event stream and sends
 * for all; the others get from it what the server would have told them.
 */
export class TabGroup {
  readonly #options: TabGroupOptions;
  readonly #id = String(Math.random());
  readonly #leadership: Leadership;
  readonly #recent = new RecentFrames();
  readonly #peers: OutboxPeers;
  readonly #pingTimer: Timer;
  #channel: BroadcastChannel | null = null;
  /** Aborted when the leader changes: the session under way goes on by another way. */
  #turn: AbortController | null = null;
  #following: Following | null = null;
  /** Of the leader's stream, while it is there. */
  #hello: Hello | null = null;
  /** How far the clock of this device is ahead of the server's. */
  #aheadMs = 0;
  #lost: LeaderMessage | null = null;
  /** The token of this tab was refused when it led. */
  #isRefused = false;
  #count = 0;
  #asks = 0;
  #missed = 0;
  #beatAt = 0;

  constructor(options: TabGroupOptions) {
    this.#options = options;
    this.#pingTimer = new Timer(options.clock);
    const leadership = new Leadership(options.locks, options.name, () => {
      if (!this.#channel) return;
      this.#lost = null;
      if (leadership.isLeader) this.#post({ kind: 'alive' });
      options.outbox()?.share(this.#peers);
      if (this.#turn) this.#turn.abort();
      else if (!this.#isRefused) options.retry();
    });
    this.#leadership = leadership;
    this.#peers = {
      get isLeader() {
        return leadership.isLeader;
      },
      tell: (news) => {
        this.#post({ kind: 'outbox', news });
      },
    };
  }

  readonly read: FrameSource = async (cursor, reader) => {
    this.#join();
    let at = cursor;
    const onFrame = (frame: Frame) => {
      if (frame.kind === 'event' || frame.kind === 'skip') at = frame.cursor;
      if (frame.kind === 'hello' && !(frame.resumed && at !== undefined)) at = frame.cursor;
      reader.onFrame(frame);
    };
    do {
      const turn = (this.#turn = new AbortController());
      const inner = { ...reader, onFrame, signal: AbortSignal.any([reader.signal, turn.signal]) };
      try {
        await (this.#leadership.isLeader ? this.#lead(at, inner) : this.#follow(() => at, inner));
        if (!turn.signal.aborted) return;
      } catch (error) {
        if (!turn.signal.aborted) throw error;
      } finally {
        if (this.#turn === turn) this.#turn = null;
      }
    } while (this.#channel && !reader.signal.aborted);
    throw lostError('the page was put aside');
  };

  /** The stream is not needed here any more: another tab may lead. */
  readonly leave = (): void => {
    const channel = this.#channel;
    if (!channel) return;
    this.#post({ kind: 'left' });
    this.#channel = null;
    channel.close();
    removeEventListener('pagehide', this.leave);
    this.#leadership.leave();
    this.#turn?.abort();
    this.#options.outbox()?.share(null);
  };

  #join(): void {
    if (this.#channel) return;
    this.#channel = new BroadcastChannel(this.#options.name);
    this.#channel.onmessage = ({ data }: MessageEvent<TabMessage>) => {
      this.#hear(data);
    };
    // A page that is kept for "back" would hold the lock without being able to do anything.
    addEventListener('pagehide', this.leave);
    this.#leadership.join();
    this.#options.outbox()?.share(this.#peers);
  }

  async #lead(cursor: string | undefined, reader: StreamReader): Promise<void> {
    let reason = 'it ended';
    let needsAuth = false;
    let hello: Hello | null = null;
    const onFrame = (frame: Frame) => {
      if (frame.kind !== 'hello') {
        this.#share(frame);
      } else {
        // One that comes later in the same stream says whether it goes on, too.
        const isResumed = frame.resumed && (hello !== null || (cursor !== undefined && this.#recent.cursor === cursor));
        if (!isResumed) this.#recent.restart(frame.resumed ? (cursor ?? frame.cursor) : frame.cursor);
        this.#hello = hello = frame;
        this.#aheadMs = this.#options.clock.now() - frame.serverTime;
      }
      reader.onFrame(frame);
      if (frame === hello) this.#post({ kind: 'open' });
    };
    const onBytes = () => {
      reader.onBytes();
      const now = this.#options.clock.now();
      if (now - this.#beatAt < beatEveryMs) return;
      this.#beatAt = now;
      this.#post({ kind: 'alive' });
    };
    try {
      await this.#options.server(cursor, { signal: reader.signal, onFrame, onBytes });
    } catch (error) {
      reason = (error as Error).message;
      needsAuth = error instanceof AuthError || (error as { status?: number }).status === 401;
      throw error;
    } finally {
      if (this.#hello === hello) this.#hello = null;
      if (this.#leadership.isLeader) {
        this.#lost = { kind: 'lost', reason, needsAuth };
        this.#post(this.#lost);
        this.#isRefused = needsAuth;
        if (needsAuth) {
          // Another tab may have a token that is taken. Here it is waited for: the try that failed is not repeated now.
          this.#turn = null;
          this.#leadership.handOn();
        }
      }
    }
  }

  /** To the followers what they cannot know: that a token is over concerns only whose it is. */
  #share(frame: SharedFrame): void {
    if (frame.kind === 'bye' && frame.reason !== 'agent_deactivated') return;
    if (frame.kind === 'event' || frame.kind === 'skip') this.#recent.push(frame);
    this.#post({ kind: 'frame', from: this.#id, count: ++this.#count, frame });
  }

  async #follow(cursor: () => string | undefined, reader: StreamReader): Promise<void> {
    let following: Following | null = null;
    try {
      await new Promise<void>((resolve, reject) => {
        following = { reader, cursor, fail: reject, ask: 0, leader: '', count: 0 };
        this.#following = following;
        this.#missed = 0;
        this.#ask(following);
        this.#watch();
        reader.signal.addEventListener('abort', () => {
          resolve();
        });
      });
    } finally {
      if (this.#following === following) {
        this.#following = null;
        this.#pingTimer.clear();
      }
    }
  }

  #ask(following: Following): void {
    following.ask = ++this.#asks;
    this.#post({ kind: 'join', from: this.#id, ask: following.ask, cursor: following.cursor() });
  }

  /** Timers of a page that nobody sees are late: only one that is seen may find the leader silent. */
  #watch(): void {
    this.#pingTimer.set(pingEveryMs, () => {
      if (isPageHidden()) this.#missed = 0;
      else if (this.#missed++ < maxMissed) this.#ping();
      else {
        this.#leadership.steal();
        return;
      }
      this.#watch();
    });
  }

  #ping(): void {
    if (this.#following?.ask) this.#ask(this.#following);
    else this.#post({ kind: 'ping' });
  }

  #hear(message: TabMessage): void {
    const { outbox, onErased } = this.#options;
    if (message.kind === 'erased') onErased();
    else if (message.kind === 'outbox') outbox()?.hear(message.news);
    else if (message.kind === 'left') outbox()?.wake();
    else if (this.#leadership.isLeader) {
      if (message.kind === 'ping') this.#post({ kind: 'alive' });
      if (message.kind === 'join') this.#answer(message);
    } else if (message.kind !== 'ping' && message.kind !== 'join') this.#heed(message);
  }

  /** What the leader says. */
  #heed(message: LeaderMessage): void {
    const following = this.#following;
    if (!following) {
      if (message.kind === 'open') this.#options.retry();
      return;
    }
    this.#missed = 0;
    following.reader.onBytes();
    if (message.kind === 'open') this.#ask(following);
    if (message.kind === 'frame') this.#take(following, message);
    if (message.kind === 'welcome' && message.to === this.#id && message.ask === following.ask) {
      this.#begin(following, message);
    }
    if (message.kind === 'lost') {
      const { needsAuth, reason } = message;
      following.fail(needsAuth ? new AuthError('that of another tab was refused') : lostError(reason));
    }
  }

  #answer({ from, ask, cursor }: TabMessage & { readonly kind: 'join' }): void {
    const newest = this.#recent.cursor;
    if (!this.#hello || newest === null) {
      this.#post(this.#lost ?? { kind: 'alive' });
      return;
    }
    const { heartbeatMs, windowMs } = this.#hello;
    const frames = this.#recent.after(cursor);
    this.#post({
      kind: 'welcome',
      from: this.#id,
      to: from,
      ask,
      count: this.#count,
      resumed: frames !== null,
      cursor: newest,
      frames: frames ?? [],
      heartbeatMs,
      windowMs,
      serverTime: this.#options.clock.now() - this.#aheadMs,
    });
  }

  #begin(following: Following, { from, count, resumed, frames, ...welcome }: Welcome): void {
    const { cursor, heartbeatMs, windowMs, serverTime } = welcome;
    following.ask = 0;
    following.leader = from;
    following.count = count;
    if (!resumed) this.#recent.restart(cursor);
    following.reader.onFrame({ kind: 'hello', cursor, resumed, heartbeatMs, windowMs, serverTime, transport: 'tab' });
    for (const frame of frames) this.#deliver(following, frame);
  }

  #take(following: Following, { from, count, frame }: TabMessage & { readonly kind: 'frame' }): void {
    if (following.ask > 0 || (from === following.leader && count <= following.count)) return;
    if (from !== following.leader || count > following.count + 1) this.#ask(following);
    else {
      following.count = count;
      this.#deliver(following, frame);
    }
  }

  #deliver(following: Following, frame: SharedFrame): void {
    if (this.#following !== following) return;
    if (frame.kind === 'event' || frame.kind === 'skip') this.#recent.push(frame);
    following.reader.onFrame(deepFreeze(frame));
  }

  #post(message: TabMessage): void {
    this.#channel?.postMessage(message);
  }
}

function lostError(reason: string): ConnectionError {
  return new ConnectionError(`unable to keep the event stream open; ${reason}`, undefined, 'connection_lost');
}
