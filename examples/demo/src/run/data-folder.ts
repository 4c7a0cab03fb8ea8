import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the demo remembers between runs. Its secrets are made here and are of no use anywhere else. */
export interface DemoMemory {
  readonly ports: Ports;
  /** Signs the tokens of the CRM's agents; the gateway gets it as `PROSA_AUTH_SECRET`. */
  readonly authSecret: string;
  readonly whatsapp: { readonly accessToken: string; readonly appSecret: string; readonly verifyToken: string };
  /** Key of the CRM's server, made once the gateway runs. */
  readonly apiKey: string | null;
  readonly seeded: boolean;
}

export interface Ports {
  readonly page: number;
  readonly gateway: number;
  readonly simulator: number;
}

export interface DataFolder {
  readonly path: string;
  /** SQLite file and media of the gateway. */
  readonly gateway: string;
  /** Phones and chats of the simulator. */
  readonly simulatorState: string;
  readonly memory: DemoMemory;
  remember(change: Partial<DemoMemory>): void;
}

const firstPorts: Ports = { page: 4100, gateway: 4101, simulator: 4102 };

/** Opens the demo's folder; everything that it writes is in here. */
export function openDataFolder(path: string, { reset = false, ports = firstPorts } = {}): DataFolder {
  if (reset) rmSync(path, { recursive: true, force: true });
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const file = join(path, 'demo.json');
  let memory = read(file) ?? fresh(ports);

  return {
    path,
    gateway: join(path, 'gateway'),
    simulatorState: join(path, 'simulator.json'),
    get memory() {
      return memory;
    },
    remember(change) {
      memory = { ...memory, ...change };
      // Renamed into place: a run that is killed now leaves the old file, not half a new one.
      writeFileSync(`${file}.new`, `${JSON.stringify(memory, null, 2)}\n`, { mode: 0o600 });
      renameSync(`${file}.new`, file);
    },
  };
}

function read(file: string): DemoMemory | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as DemoMemory;
  } catch {
    return null;
  }
}

function fresh(ports: Ports): DemoMemory {
  const secret = () => randomBytes(32).toString('base64url');
  return {
    ports,
    authSecret: secret(),
    whatsapp: { accessToken: secret(), appSecret: secret(), verifyToken: secret() },
    apiKey: null,
    seeded: false,
  };
}
