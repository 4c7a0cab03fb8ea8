import type { Timer } from '../client/timer.ts';
import type { Message } from '../contract/index.ts';
import { rowFormat, type StoredMessage } from './outbox-storage.ts';
import { errorData } from './outbox-news.ts';
import type { PendingMessage } from './pending-message.ts';

/** What the sender of a message waits for. */
export interface Answer {
  readonly promise: Promise<Message>;
  readonly resolve: (message: Message) => void;
  readonly reject: (error: Error) => void;
}

export interface Row {
  pending: PendingMessage;
  readonly sequence: number;
  /** Another tab may have it too, and may send it or give it up. */
  isShared: boolean;
  stored: Promise<unknown>;
  /** A new one when it is tried again after it failed. */
  answer: Answer;
  tries: number;
  isAbandoned: boolean;
  attachmentId: string | null;
  /** Ends the upload of its file, while that goes on. */
  upload: AbortController | null;
}

/** Messages of one conversation leave one after the other; the first that has to wait holds the others back. */
export interface Lane {
  readonly rows: Row[];
  snapshot: readonly PendingMessage[];
  /** That this tab is sending. */
  current: Row | null;
  /** Set while the first message waits to be tried again. */
  readonly timer: Timer;
}

export interface Found {
  readonly lane: Lane;
  readonly row: Row;
}

/** It has not gone in the meantime. */
export function isHere({ lane, row }: Found): boolean {
  return lane.rows.includes(row);
}

/** This tab is sending it. */
export function isCurrent({ lane, row }: Found): boolean {
  return lane.current === row;
}

export function storedOf({ pending, sequence, attachmentId }: Row): StoredMessage {
  const { clientId, conversationId, message, createdAt, state, error } = pending;
  const failure = state === 'failed' ? errorData(error) : null;
  return { format: rowFormat, clientId, conversationId, message, createdAt, sequence, attachmentId, failure };
}

export function createAnswer(): Answer {
  let resolve: Answer['resolve'] = noop;
  let reject: Answer['reject'] = noop;
  const promise = new Promise<Message>((onMessage, onError) => {
    resolve = onMessage;
    reject = onError;
  });
  // Nobody may be waiting any more; whoever is has a promise of their own.
  promise.catch(noop);
  return { promise, resolve, reject };
}

/** Tells who waits which message it was, too. */
export function reject({ pending: { clientId }, answer }: Row, error: Error): void {
  answer.reject(Object.assign(error, { clientId }));
}

function noop(): void {}
