import { createClient, type ProsaClient } from '@prosa/core';
import {
  addOrigin,
  createApiKey,
  createSigningKey,
  createWebchatChannel,
  signAgentToken,
  updateWebchatChannel,
} from '@prosa/gateway';
import { startGateway } from '@prosa/gateway/node';
import { createLeakWatch } from '@prosa/test-browser';
import type { Simulator } from '@prosa/whatsapp-simulator';
import { startSimulator } from '@prosa/whatsapp-simulator/node';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildWebchatScript } from './webchat-script.ts';

/** Secret that a host's backend shares with the gateway. */
export interface StageKey {
  readonly kid: string;
  readonly secret: string;
}

export interface StageAgent {
  /** The host's id of the user. */
  readonly id: string;
  readonly name: string;
}

/** Everything behind a page or a script of ours, on loopback and in a folder that goes away with it. */
export interface Stage {
  readonly simulator: Simulator;
  readonly gatewayUrl: string;
  /** Signs the tokens of agents. */
  readonly agentKey: StageKey;
  /** Signs who is logged in to a website. */
  readonly visitorKey: StageKey;
  readonly apiKey: string;
  /** `wck_…`; its websites are named with {@link Stage.allowWebsite}. */
  readonly webchatKey: string;
  /** With the API key. */
  readonly server: ProsaClient;
  tokenOf(agent: StageAgent): Promise<string>;
  /** A client of its own for this agent; ends with the stage. */
  clientOf(agent: StageAgent): Promise<ProsaClient>;
  /** Pages of this address may call for agents. */
  allowDesk(url: string): Promise<void>;
  /** Pages of this address may show the webchat. */
  allowWebsite(url: string): Promise<void>;
  /** Fails if a secret was in the gateway's log or in the address of a call to Meta. */
  close(): Promise<void>;
}

/** Made up. */
const business = {
  phoneNumberId: '109000000002200',
  wabaId: '108000000002200',
  appId: '990000000002200',
  displayPhoneNumber: '+55 35 3291-0040',
  verifiedName: 'Serra Clara',
  token: 'token-of-the-stage',
  appSecret: 'app-secret-of-the-stage',
};
const verifyToken = 'verify-token-of-the-stage';

/** Starts a simulator and a gateway that it calls. The webchat's script is there only when a test asks for it. */
export async function openStage({ webchat = false } = {}): Promise<Stage> {
  const webchatDir = webchat ? await buildWebchatScript() : null;
  const dataDir = mkdtempSync(join(tmpdir(), 'prosa-stage-'));
  const leakWatch = createLeakWatch();
  const closing: (() => unknown)[] = [
    () => {
      rmSync(dataDir, { recursive: true, force: true });
    },
  ];
  const close = async () => {
    for (const end of closing.splice(0).reverse()) await end();
    const leaks = leakWatch.leaks();
    if (leaks.length > 0) throw new Error(`unable to keep a secret; one was in ${leaks.join(', ')}`);
  };
  try {
    const network = await startSimulator();
    closing.push(() => network.close());
    network.simulator.addNumber(business);
    const gateway = await startGateway({
      dataDir,
      log: (level, message, fields) => leakWatch.hear("the gateway's log", JSON.stringify([level, message, fields])),
      webchatDir,
      whatsapp: {
        phoneNumberId: business.phoneNumberId,
        businessAccountId: business.wabaId,
        appId: business.appId,
        accessToken: business.token,
        appSecrets: [business.appSecret],
        verifyToken,
        baseUrl: network.url,
        graphVersion: 'v25.0',
      },
    });
    closing.push(() => gateway.close());
    await network.simulator.subscribe({ callbackUrl: `${gateway.url}/webhooks/whatsapp`, verifyToken });

    const workspaceId = gateway.workspace.id;
    const scope = { db: gateway.database, clock: { now: () => Date.now() } };
    const { kid, secret } = await createSigningKey(scope, workspaceId, { audience: 'visitor' });
    if (secret === null) throw new Error('unable to open the stage; the key of visitors has no secret');
    const { key: apiKey } = await createApiKey(scope, workspaceId, { name: 'Stage' });
    const channel = await createWebchatChannel(scope, workspaceId, { settings: { title: 'Loja Cacau' } });

    leakWatch.keep(gateway.agentKey.secret, secret, apiKey, business.token, business.appSecret, verifyToken);
    closing.push(() => {
      for (const { method, path } of network.simulator.requests) leakWatch.hear('a call to Meta', `${method} ${path}`);
    });

    const connect = (token: string) => {
      const client = createClient({ baseUrl: gateway.url, token });
      closing.push(() => {
        client.destroy();
      });
      return client;
    };
    const tokenOf = ({ id, name }: StageAgent) =>
      signAgentToken({ ...gateway.agentKey, sub: id, name, expiresInSeconds: 3600 });
    return {
      simulator: network.simulator,
      gatewayUrl: gateway.url,
      agentKey: gateway.agentKey,
      visitorKey: { kid, secret },
      apiKey,
      webchatKey: channel.key,
      server: connect(apiKey),
      tokenOf,
      clientOf: async (agent) => connect(await tokenOf(agent)),
      async allowDesk(url) {
        await addOrigin(scope, workspaceId, url);
      },
      async allowWebsite(url) {
        await updateWebchatChannel(scope, workspaceId, channel.id, { settings: { origins: [url] } });
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
