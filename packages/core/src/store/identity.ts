import type { Agent } from '../contract/index.ts';

/** The agent whose token the client uses. Its id does not change, so one answer serves for as long as the client lives. */
export interface Identity {
  get(): Promise<Agent>;
  /** Shares the first question, and afterwards asks anew. */
  fresh(ask: () => Promise<Agent>): Promise<Agent>;
}

export function createIdentity(fetchMe: () => Promise<Agent>): Identity {
  let asking: Promise<Agent> | null = null;
  let isKnown = false;

  function get(): Promise<Agent> {
    asking ??= fetchMe().then(
      (me) => {
        isKnown = true;
        return me;
      },
      (error: unknown) => {
        asking = null;
        throw error;
      },
    );
    return asking;
  }

  return { get, fresh: (ask) => (isKnown ? ask() : get()) };
}
