import type { Customer, Message, Page, Problem, SearchHit, Tag } from '@prosa/core/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../testbed/desk.ts';
import type { GatewayProcess } from '../testbed/gateway-process.ts';
import { openProcesses, type Processes, type ProcessWorkspace } from '../testbed/processes.ts';

const marina = '+5583999142210';
const nina = '+5583988120042';

/** Asked of the process that did not write. */
describe.each(['sqlite', 'postgres'] as const)('%s', { timeout: 180_000 }, (engine) => {
  let at: Processes;
  let workspace: ProcessWorkspace;
  let ana: Caller & { readonly id: string };
  beforeAll(async () => {
    at = await openProcesses(engine);
    workspace = await at.workspace('Cacau');
    ana = await workspace.agent('Ana');
    await workspace.says(at.a, marina, 'Meu cartão não chegou', 'Marina Conceição');
    await workspace.says(at.b, nina, 'Quero a 2ª via do boleto', 'Nina Antunes');
  });
  afterAll(() => at.close());

  const search = async (process: GatewayProcess, q: string, filter = '') => {
    const path = `/v1/search/conversations?q=${encodeURIComponent(q)}${filter}`;
    const { status, body } = await process.as(ana).call<Page<SearchHit>>('GET', path);
    expect([q, status]).toEqual([q, 200]);
    return body.data;
  };
  const found = async (process: GatewayProcess, q: string, filter = '') =>
    (await search(process, q, filter)).map(({ matched, conversation }) => `${matched} ${conversation.contact.name}`);
  const hitOf = async (q: string) => {
    const [hit] = await search(at.b, q);
    if (!hit) throw new Error(`nothing is found by ${q}`);
    return hit;
  };

  it('refuses what is no search, in both', async () => {
    for (const process of [at.a, at.b]) {
      for (const query of ['q=', 'q=a', 'q=marina&status=gone', 'q=marina&from=ontem']) {
        const { status, body } = await process.as(ana).call<Problem>('GET', `/v1/search/conversations?${query}`);
        expect([query, status, body.code]).toEqual([query, 422, 'validation_failed']);
      }
    }
  });

  it('finds by name, phone in any form, protocol and words without their accents', async () => {
    const { conversation } = await hitOf('marina');
    for (const q of ['marina', 'CONCEICAO', 'conceição']) {
      expect(await found(at.b, q)).toEqual(['name Marina Conceição']);
    }
    for (const q of ['+55 (83) 9 9914-2210', '(83) 9914-2210', '83999142210', '99142210', '558399142210']) {
      expect(await found(at.b, q), q).toEqual(['phone Marina Conceição']);
    }
    expect(await found(at.b, conversation.protocol ?? '')).toEqual(['protocol Marina Conceição']);
    for (const q of ['cartao', 'NÃO chegou', 'chegou cartao']) {
      expect(await found(at.b, q), q).toEqual(['message Marina Conceição']);
    }
    for (const q of ['2a via', '2ª via boleto']) expect(await found(at.a, q), q).toEqual(['message Nina Antunes']);
    for (const q of ['zebra', '%%', 'marina boleto']) expect(await found(at.b, q), q).toEqual([]);
  });

  it('finds by CPF and CNPJ what was linked at the other one, until the record says something else', async () => {
    const { conversation } = await hitOf('marina');
    const cpf = { kind: 'cpf', value: '529.982.247-25' };
    const { body } = await at.a.as(ana).call<Customer>('POST', '/v1/customers', { name: 'Padaria Pão', document: cpf });
    await at.a.as(ana).call('POST', `/v1/contacts/${conversation.contact.id}/link`, { customerId: body.id });
    for (const q of ['529.982.247-25', '52998224725']) {
      expect(await found(at.b, q)).toEqual(['document Marina Conceição']);
    }
    expect(await found(at.b, 'padaria pao')).toEqual(['name Marina Conceição']);
    const cnpj = { kind: 'cnpj', value: '12.ABC.345/01DE-35' };
    await at.b.as(ana).call('PATCH', `/v1/customers/${body.id}`, { document: cnpj });
    expect(await found(at.a, '52998224725')).toEqual([]);
    expect(await found(at.a, '12abc34501de35')).toEqual(['document Marina Conceição']);
  });

  it('keeps to the filters, and jumps to the message', async () => {
    const { conversation, messageId, excerpt } = await hitOf('cartao');
    expect(excerpt).toBe('Meu cartão não chegou');
    const { body: page } = await at.a
      .as(ana)
      .call<Page<Message>>('GET', `/v1/conversations/${conversation.id}/messages?around=${messageId ?? ''}&limit=3`);
    expect(page.data.find(({ id }) => id === messageId)?.content).toMatchObject({ text: 'Meu cartão não chegou' });

    const { body: tag } = await at.a.as(workspace.server).call<Tag>('POST', '/v1/tags', { name: 'Urgente' });
    await at.a.as(ana).call('POST', `/v1/conversations/${conversation.id}/accept`);
    await at.a.as(ana).call('PUT', `/v1/conversations/${conversation.id}/tags`, { tagIds: [tag.id] });
    const only = ['phone Marina Conceição'];
    const both = [...only, 'phone Nina Antunes'];
    const soon = encodeURIComponent(new Date(Date.now() + 60_000).toISOString());
    for (const [filter, expected] of [
      ['', both],
      [`&queueId=${conversation.queue?.id ?? ''}`, both],
      ['&origin=whatsapp', both],
      [`&to=${soon}`, both],
      ['&status=active', only],
      [`&agentId=${ana.id}`, only],
      [`&tagId=${tag.id}`, only],
      ['&status=closed', []],
      ['&origin=webchat', []],
      [`&from=${soon}`, []],
    ] as const) {
      expect([filter, (await found(at.b, '5583', filter)).sort()]).toEqual([filter, expected]);
    }
  });

  it('finds nothing of others', async () => {
    const other = await at.workspace('Outra');
    const leo = await other.agent('Leo');
    const { body } = await at.b.as(leo).call<Page<SearchHit>>('GET', '/v1/search/conversations?q=cartao');
    expect(body.data).toEqual([]);
  });
});
