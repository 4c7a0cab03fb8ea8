import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the demo keeps everything, unless it is told otherwise. */
export const defaultDataDir = fileURLToPath(new URL('../../.prosa', import.meta.url));

/** What has to be the same the next time. */
export interface DemoState {
  readonly pagePort: number;
  readonly gatewayPort: number;
  readonly simulatorPort: number;
  readonly kid: string;
  readonly secret: string;
  readonly apiKey: string;
  readonly appSecret: string;
  /** The believable data is in. */
  readonly seeded: boolean;
}

const fileName = 'demo.json';

/** `null` before the first start. */
export function readState(dataDir: string): DemoState | null {
  try {
    return JSON.parse(readFileSync(join(dataDir, fileName), 'utf8')) as DemoState;
  } catch {
    return null;
  }
}

/** Replaced as a whole, so that a kill in the middle leaves the old one. */
export function writeState(dataDir: string, state: DemoState): void {
  mkdirSync(dataDir, { recursive: true });
  const path = join(dataDir, fileName);
  writeFileSync(`${path}.new`, JSON.stringify(state, null, 2), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
