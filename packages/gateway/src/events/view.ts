import type { StreamBye } from '@prosa/core/contract';
import type { Wake, WakeSignal } from '../store/database.ts';

/** An event as one reader sees it. */
export interface ViewEvent {
  readonly seq: number;
  readonly type: string;
  /** Epoch milliseconds. */
  readonly occurredAt: number;
  readonly data: unknown;
}

export interface ViewBatch {
  readonly events: readonly ViewEvent[];
  /** Everything up to here has been looked at. */
  readonly position: number;
  /** There may be more at once. */
  readonly more: boolean;
  /** Why this reader may not go on. */
  readonly end: StreamBye['reason'] | null;
}

/** What one reader of the log sees of it. */
export interface StreamView {
  readonly workspaceId: string;
  /** Cursors work for nobody else. */
  readonly readerId: string;
  /** When the reader's token ends, epoch milliseconds; `null`: never. */
  readonly expiresAt: number | null;
  /** Most of the log is not for this reader: its cursor moves past that while nothing is told. */
  readonly partial: boolean;
  read(after: number): Promise<ViewBatch>;
  /** Whether there may be something to read now. */
  concerns(wake: Wake): boolean;
  /** A signal as this reader hears it; `null`: it is for others. */
  hear(wake: Wake): WakeSignal | null;
}
