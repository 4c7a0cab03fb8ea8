import type { Agent } from '../contract/index.ts';

/** The agent whose token the client uses, asked once. */
export interface Identity {
  get(): Promise<Agent>;
}

export function createIdentity(fetchMe: () => Promise<Agent>): Identity {
  let asking: Promise<Agent> | null = null;
  return {
    get() {
      asking ??= fetchMe().catch((error: unknown) => {
        asking = null;
        throw error;
      });
      return asking;
    },
  };
}
