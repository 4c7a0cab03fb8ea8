import type { Connection } from '@prosa/core';

/**
 * Tells the console why the gateway does not let the page in, once for each reason. The agent reads that the session is
 * over, which may be true; whoever built the page needs to know when it is not.
 */
export class ConnectionWarning {
  #told = '';

  tell({ state, error }: Connection['current']): void {
    if (!error || (state !== 'needs_auth' && state !== 'failed') || error.message === this.#told) return;
    this.#told = error.message;
    console.warn(error);
  }
}
