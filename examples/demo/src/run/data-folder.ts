import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GatewayKeys } from './prepare-gateway.ts';

/** What the demo remembers between runs. Its secrets are made here and are of no use anywhere else. */
export interface DemoMemory {
  /** Tells this data folder from others. */
  readonly id: string;
  readonly ports: Ports;
  readonly whatsapp: { readonly accessToken: string; readonly appSecret: string; readonly verifyToken: string };
  /** Made before the gateway starts for the first time. */
  readonly keys: GatewayKeys | null;
  readonly seeded: boolean;
}

export interface Ports {
  readonly page: number;
  readonly gateway: number;
  readonly simulator: number;
  readonly shop: number;
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

const firstPorts: Ports = { page: 4100, gateway: 4101, simulator: 4102, shop: 4103 };

/** Opens the demo's folder; everything that it writes is in here. */
export function openDataFolder(path: string, { reset = false, ports = firstPorts } = {}): DataFolder {
  if (reset) rmSync(path, { recursive: true, force: true });
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const file = join(path, 'demo.json');
  let memory = readMemory(path) ?? fresh(ports);
  // The folder of an older demo knows fewer ports.
  memory = { ...memory, ports: { ...ports, ...memory.ports } };
  const gateway = join(path, 'gateway');
  const simulatorState = join(path, 'simulator.json');
  if (!memory.seeded) {
    // A first start that was cut short left half a desk: begin again.
    rmSync(gateway, { recursive: true, force: true });
    rmSync(simulatorState, { force: true });
    memory = { ...memory, keys: null };
  }

  return {
    path,
    gateway,
    simulatorState,
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

/** What an earlier run left in the folder. */
export function readMemory(path: string): DemoMemory | null {
  try {
    return JSON.parse(readFileSync(join(path, 'demo.json'), 'utf8')) as DemoMemory;
  } catch {
    return null;
  }
}

function fresh(ports: Ports): DemoMemory {
  const secret = () => randomBytes(32).toString('base64url');
  return {
    id: randomUUID(),
    ports,
    whatsapp: { accessToken: secret(), appSecret: secret(), verifyToken: secret() },
    keys: null,
    seeded: false,
  };
}
