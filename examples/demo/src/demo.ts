import type { Simulator } from '@prosa/whatsapp-simulator';
import { startShop } from '@prosa/example-website';
import { listen, startSimulator, type StartedSimulator } from '@prosa/whatsapp-simulator/node';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CrmUserId } from './crm/agents.ts';
import { signAgentToken } from './crm/sign-agent-token.ts';
import { buildPages, webchatFolder } from './run/build-pages.ts';
import { openDataFolder, readMemory, type DataFolder, type Ports } from './run/data-folder.ts';
import { freePort } from './run/free-port.ts';
import { runGateway, type GatewayProcess } from './run/gateway-process.ts';
import { createPageServer } from './run/page-server.ts';
import { prepareGateway } from './run/prepare-gateway.ts';
import { createDemoClock, type DemoClock } from './seed/demo-clock.ts';
import { business, phones } from './seed/people.ts';
import { oldestMs, seed } from './seed/seed.ts';

export interface DemoOptions {
  /** Everything is kept here. */
  readonly dataDir: string;
  /** Built pages; in the data folder when absent. */
  readonly pagesDir?: string | undefined;
  /** Preferred ports of a first start; taken ones are replaced. 0: any. */
  readonly ports?: Ports | undefined;
  /** Starts with nothing. */
  readonly reset?: boolean | undefined;
  /** Told what happens, for a person. */
  readonly say?: ((text: string) => void) | undefined;
  /** Told when the gateway cannot be kept running. */
  readonly onGivingUp?: ((error: Error) => void) | undefined;
  /** Told what the gateway prints. */
  readonly onGatewayOutput?: ((text: string) => void) | undefined;
}

export interface Demo {
  readonly pageUrl: string;
  readonly shopUrl: string;
  readonly gatewayUrl: string;
  /** Of the CRM's server, for scripts. */
  readonly apiKey: string;
  readonly simulator: Simulator;
  readonly gateway: GatewayProcess;
  stop(): Promise<void>;
}

type Say = (text: string) => void;

export const defaultDataDir = join(dirname(fileURLToPath(import.meta.url)), '..', '.prosa');

/** Simulator, gateway and pages, each on a port of its own, with a little data the first time. */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const { say = () => undefined } = options;
  await refuseSecond(options.dataDir);
  const folder = openDataFolder(options.dataDir, { reset: options.reset, ports: options.ports });
  const running: { stop(): Promise<void> }[] = [];
  const stopAll = async () => void (await Promise.all(running.map((each) => each.stop())));
  try {
    const pagesDir = options.pagesDir ?? join(folder.path, 'pages');
    if ((await buildPages(pagesDir)) === 'built') say('Páginas montadas.');
    const ports = await findPorts(folder.memory.ports);
    const pageUrl = `http://127.0.0.1:${ports.page}`;
    const shopUrl = `http://127.0.0.1:${ports.shop}`;
    folder.remember({ ports });
    const keys = await prepareGateway(folder.gateway, { pageUrl, shopUrl, keys: folder.memory.keys });
    folder.remember({ keys });

    const clock = createDemoClock(folder.memory.seeded ? 0 : oldestMs);
    const network = await startNetwork(folder, clock, say);
    running.push({ stop: () => network.close() });
    const gateway = startGateway(folder, { graphUrl: network.url, webchatDir: webchatFolder(pagesDir) }, options);
    running.push(gateway);
    const { simulator } = network;
    const { signing, apiKey } = keys;
    const pages = await listen(
      {
        fetch: createPageServer({
          id: folder.memory.id,
          pagesDir,
          gatewayUrl: gateway.url,
          shopUrl,
          signingKey: signing,
          simulator,
        }),
      },
      { port: ports.page },
    );
    running.push({ stop: () => pages.close() });
    const shop = await startShop({
      port: ports.shop,
      gatewayUrl: gateway.url,
      webchatKey: keys.webchat,
      visitorKey: keys.visitor,
      frameAncestors: [pageUrl],
    });
    running.push({ stop: () => shop.close() });

    await gateway.ready();
    await simulator.subscribe({
      callbackUrl: `${gateway.url}/webhooks/whatsapp`,
      verifyToken: folder.memory.whatsapp.verifyToken,
    });
    say('Gateway e simulador no ar.');
    if (!folder.memory.seeded) {
      const agentToken = (user: CrmUserId) => signAgentToken(signing, user);
      await seed({
        simulator,
        clock,
        gatewayUrl: gateway.url,
        shopUrl,
        webchatKey: keys.webchat,
        apiKey,
        agentToken,
      });
      folder.remember({ seeded: true });
      say('Conversas de exemplo prontas.');
    }
    let stopped: Promise<void> | undefined;
    return {
      pageUrl,
      shopUrl,
      gatewayUrl: gateway.url,
      apiKey,
      simulator,
      gateway,
      stop: () => (stopped ??= stopAll()),
    };
  } catch (error) {
    await stopAll();
    throw error;
  }
}

async function findPorts(wanted: Ports): Promise<Ports> {
  return {
    page: await freePort(wanted.page),
    gateway: await freePort(wanted.gateway),
    simulator: await freePort(wanted.simulator),
    shop: await freePort(wanted.shop),
  };
}

async function startNetwork(
  { memory, simulatorState }: DataFolder,
  clock: DemoClock,
  say: Say,
): Promise<StartedSimulator> {
  const network = await startSimulator({
    port: memory.ports.simulator,
    stateFile: simulatorState,
    clock,
    // As long as a real network takes on a good day.
    pace: { sentMs: 120, deliveredMs: 350 },
    onError: (error) => say(`Simulador: ${error instanceof Error ? error.message : String(error)}`),
  });
  const { accessToken, appSecret } = memory.whatsapp;
  network.simulator.addNumber({ ...business, token: accessToken, appSecret });
  for (const phone of Object.values(phones)) network.simulator.phone(phone);
  return network;
}

function startGateway(
  folder: DataFolder,
  { graphUrl, webchatDir }: { readonly graphUrl: string; readonly webchatDir: string },
  { say = () => undefined, onGivingUp, onGatewayOutput }: DemoOptions,
): GatewayProcess {
  const { ports, whatsapp } = folder.memory;
  return runGateway({
    port: ports.gateway,
    cwd: folder.path,
    env: {
      PROSA_DATA_DIR: folder.gateway,
      PROSA_WEBCHAT_DIR: webchatDir,
      WHATSAPP_ACCESS_TOKEN: whatsapp.accessToken,
      WHATSAPP_PHONE_NUMBER_ID: business.phoneNumberId,
      WHATSAPP_BUSINESS_ACCOUNT_ID: business.wabaId,
      WHATSAPP_APP_ID: business.appId,
      WHATSAPP_APP_SECRET: whatsapp.appSecret,
      WHATSAPP_VERIFY_TOKEN: whatsapp.verifyToken,
      WHATSAPP_BASE_URL: graphUrl,
    },
    onRestart: (reason) => say(`O gateway caiu (${reason}). Subindo de novo na mesma porta.`),
    onGivingUp: onGivingUp ?? ((error) => say(error.message)),
    onOutput: onGatewayOutput,
  });
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
