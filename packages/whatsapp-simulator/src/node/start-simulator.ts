import { createSimulator } from '../simulator.ts';
import type { Simulator, SimulatorOptions } from '../simulator.ts';
import { fileStorage } from './file-storage.ts';
import { listen } from './listen.ts';
import type { ListenOptions } from './listen.ts';

export interface StartOptions extends Omit<SimulatorOptions, 'origin'>, ListenOptions {
  /** File that keeps the state between runs. */
  readonly stateFile?: string | undefined;
}

export interface StartedSimulator {
  /** Base address of both the Graph look-alike and the control API, without a slash at the end. */
  readonly url: string;
  readonly simulator: Simulator;
  close(): Promise<void>;
}

/** Creates a simulator and puts it on loopback. */
export async function startSimulator(options: StartOptions = {}): Promise<StartedSimulator> {
  const { port, hostname, stateFile, ...rest } = options;
  let url = '';
  const storage = rest.storage ?? (stateFile === undefined ? undefined : fileStorage(stateFile));
  const simulator = createSimulator({ ...rest, storage, origin: () => url });
  const listening = await listen(simulator, { port, hostname });
  url = listening.url;
  return {
    url,
    simulator,
    async close() {
      await simulator.close();
      await listening.close();
    },
  };
}
