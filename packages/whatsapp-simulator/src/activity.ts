/** Knows whether work that the simulator began is still under way, so that a test can wait for quiet. */
export interface Activity {
  /** Marks work as begun; call the result once when it ends. */
  begin(): () => void;
  /** Resolves when nothing is under way, at once if so already. */
  idle(): Promise<void>;
}

export function createActivity(): Activity {
  let open = 0;
  let waiting: (() => void)[] = [];
  return {
    begin() {
      open += 1;
      let ended = false;
      return () => {
        if (ended) return;
        ended = true;
        open -= 1;
        if (open > 0) return;
        const resolved = waiting;
        waiting = [];
        for (const resolve of resolved) resolve();
      };
    },
    idle() {
      return open === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve));
    },
  };
}
