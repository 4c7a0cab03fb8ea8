import { createClient } from '@prosa/core';
import type { ErrorCode } from '@prosa/core/contract';
import '../src/define.ts';
import { Desk } from '../src/testing/desk.ts';
import { agentOf } from '../src/testing/records.ts';
import { everyKind } from '../src/testing/every-kind.ts';
import { sampleDesk } from '../src/testing/sample-desk.ts';
import { ScriptedGateway } from '../src/testing/scripted-gateway.ts';

/**
 * The inbox over a scripted gateway. `?theme=dark`, `?desk=empty`, `?desk=kinds`, `?accent=…`, `?hold=conversations.list`,
 * `?fail=events.stream`, `?fail=conversations.list:forbidden`, `?client=none`, `?height=…`.
 */
const query = new URLSearchParams(location.search);
document.documentElement.dataset['theme'] = query.get('theme') ?? 'light';

async function deskOf(name: string | null): Promise<Awaited<ReturnType<typeof sampleDesk>>> {
  if (name === 'empty') return { desk: new Desk(agentOf()), ids: {} };
  if (name !== 'kinds') return await sampleDesk();
  const { desk, conversationId } = await everyKind();
  return { desk, ids: { main: conversationId } };
}

const { desk, ids } = await deskOf(query.get('desk'));
const gateway = new ScriptedGateway(desk);
const hold = query.get('hold');
if (hold) gateway.hold(hold);
const [failing = '', code = 'unauthenticated'] = query.get('fail')?.split(':') ?? [];
if (failing) gateway.fail(failing, code as ErrorCode, { detail: 'The token is not a JWT.' }, Infinity);
const client = createClient({
  baseUrl: 'http://gateway.invalid',
  token: 'made-up',
  fetch: gateway.fetch,
  storage: null,
});

const inbox = document.createElement('prosa-inbox');
if (query.get('client') !== 'none') inbox.client = client;
const height = query.get('height');
if (height) inbox.style.blockSize = height;
const accent = query.get('accent');
if (accent) inbox.style.setProperty('--prosa-accent', accent);
document.body.append(inbox);
Object.assign(window, { prosa: { inbox, gateway, desk, ids, client } });
