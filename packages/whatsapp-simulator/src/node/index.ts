export { fileStorage } from './file-storage.ts';
export { listen } from './listen.ts';
export type { Listening, ListenOptions } from './listen.ts';
export { startSimulator } from './start-simulator.ts';
export type { StartedSimulator, StartOptions } from './start-simulator.ts';
