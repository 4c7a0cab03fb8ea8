import type { Connection } from '@prosa/core';

/**
 * Tells the console why the gateway does not let the page in, or cannot be reached, once for each reason. The agent reads
 * that the session or the connection is over, which may be true; whoever built the page needs to know when it is not.
 */
export class ConnectionWarning {
  #told = '';
  /** A page that was connected once is set up: a line that is cut later is nobody's mistake. */
  #reached = false;

  tell({ state, error }: Connection['current']): void {
    this.#reached ||= state === 'connected';
    const isTrouble = state === 'needs_auth' || state === 'failed' || (state === 'reconnecting' && !this.#reached);
    if (!error || !isTrouble || error.message === this.#told) return;
    this.#told = error.message;
    console.warn(error);
  }
}
