import { startSimulator } from '@prosa/whatsapp-simulator/node';
import type { Simulator } from '@prosa/whatsapp-simulator';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildPages } from './build-pages.ts';
import { defaultDataDir, readState, writeState, type DemoState } from './data/folder.ts';
import { business, phones, visitor } from './data/people.ts';
import { crmBackend } from './server/crm-backend.ts';
import { runGateway, type GatewayProcess } from './server/gateway-process.ts';
import { servePages } from './server/page-server.ts';
import { prepare } from './server/prepare.ts';
import { seed } from './server/seed.ts';

export interface DemoOptions {
  /** Everything is kept here. */
  readonly dataDir?: string | undefined;
  /** Starts from nothing. */
  readonly reset?: boolean | undefined;
  /** 4400 and the next two when they are free; otherwise any. */
  readonly usualPorts?: boolean | undefined;
  readonly onProgress?: ((what: string) => void) | undefined;
  readonly onGatewayLine?: ((line: string) => void) | undefined;
}

export interface Demo {
  readonly pageUrl: string;
  readonly gatewayUrl: string;
  readonly simulatorUrl: string;
  readonly simulator: Simulator;
  readonly gateway: GatewayProcess;
  readonly state: DemoState;
  stop(): Promise<void>;
}

/** Builds the pages and starts simulator, gateway and page server, with believable data the first time. */
export async function startDemo(options: DemoOptions = {}): Promise<Demo> {
  const { dataDir = defaultDataDir, onProgress = () => undefined } = options;
  const before = readState(dataDir);
  // A first start that was cut in the middle is begun again.
  if (options.reset === true || before?.seeded === false) rmSync(dataDir, { recursive: true, force: true });

  onProgress('Building the pages');
  const pagesFolder = join(dataDir, 'pages');
  await buildPages(pagesFolder);

  onProgress('Starting the gateway and the simulator');
  const state = await prepare(dataDir, options.usualPorts ?? false);
  const gatewayUrl = `http://127.0.0.1:${state.gatewayPort}`;
  const undo: (() => Promise<void>)[] = [];
  try {
    const {
      simulator,
      url: simulatorUrl,
      close,
    } = await startSimulator({
      port: state.simulatorPort,
      stateFile: join(dataDir, 'simulator.json'),
    });
    undo.push(close);
    simulator.addNumber({
      phoneNumberId: business.phoneNumberId,
      wabaId: business.businessAccountId,
      displayPhoneNumber: business.phone,
      verifiedName: business.name,
      token: business.accessToken,
      appSecret: state.appSecret,
    });
    const gateway = runGateway({
      port: state.gatewayPort,
      env: gatewayEnvironment(state, dataDir, simulatorUrl),
      onLine: options.onGatewayLine ?? (() => undefined),
      onRestart: () => onProgress('The gateway ended and is started again'),
    });
    undo.push(() => gateway.stop());
    await gateway.ready();
    await simulator.subscribe({
      callbackUrl: `${gatewayUrl}/webhooks/whatsapp`,
      verifyToken: business.verifyToken,
    });
    for (const phone of [visitor, ...phones]) simulator.phone(phone);

    let current = state;
    if (!state.seeded) {
      onProgress('Filling in some conversations');
      await seed(state, gatewayUrl, simulator);
      current = { ...state, seeded: true };
      writeState(dataDir, current);
    }
    const pages = await servePages({
      port: state.pagePort,
      folder: pagesFolder,
      gatewayUrl,
      backend: crmBackend({ ...state, gatewayUrl }),
      simulator: (request) => simulator.fetch(request),
    });
    undo.push(() => pages.close());
    const pageUrl = `http://127.0.0.1:${state.pagePort}`;
    return { pageUrl, gatewayUrl, simulatorUrl, simulator, gateway, state: current, stop: () => stopAll(undo) };
  } catch (error) {
    await stopAll(undo);
    throw error;
  }
}

async function stopAll(undo: (() => Promise<void>)[]): Promise<void> {
  await Promise.allSettled(undo.splice(0).map((step) => step()));
}

function gatewayEnvironment(state: DemoState, dataDir: string, simulatorUrl: string): Record<string, string> {
  return {
    PROSA_DATA_DIR: dataDir,
    DATABASE_URL: '',
    PROSA_PUBLIC_URL: '',
    PROSA_AUTH_SECRET: '',
    PROSA_MEDIA_URL: '',
    WHATSAPP_ACCESS_TOKEN: business.accessToken,
    WHATSAPP_PHONE_NUMBER_ID: business.phoneNumberId,
    WHATSAPP_BUSINESS_ACCOUNT_ID: business.businessAccountId,
    WHATSAPP_APP_SECRET: state.appSecret,
    WHATSAPP_VERIFY_TOKEN: business.verifyToken,
    WHATSAPP_BASE_URL: simulatorUrl,
    WHATSAPP_GRAPH_VERSION: 'v25.0',
  };
}

/** Two demos cannot share a folder: the second one says where the first one is. */
async function refuseSecond(dataDir: string): Promise<void> {
  const memory = readMemory(dataDir);
  if (!memory) return;
  const url = `http://127.0.0.1:${memory.ports.page}`;
  let id: string;
  try {
    id = await (await fetch(`${url}/demo`, { signal: AbortSignal.timeout(1000) })).text();
  } catch {
    return;
  }
  if (id === memory.id) throw new Error(`A demo já está no ar em ${url}/ (the demo is already running there).`);
}
