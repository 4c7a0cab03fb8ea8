import {
  messageSchema,
  protocolExportSchema,
  protocolSchema,
  type Message,
  type Page,
  type Problem,
  type Protocol,
  type ProtocolExport,
} from '@prosa/core/contract';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { pruneVisitors } from '../channels/webchat/retention.ts';
import { pruneEnvelopes } from '../channels/whatsapp/retention.ts';
import { day, isoTime, minute } from '../clock.ts';
import { pruneEvents } from '../events/retention.ts';
import { openDesk, type Caller, type TestDesk, type TestWorkspace } from '../testbed/desk.ts';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';
import { createSurvey, surveyedCustomer, type SurveyedCustomer } from '../testbed/survey.ts';

forEachEngine((_name, open) => {
  let opened: OpenDatabase;
  let desk: TestDesk;
  let workspace: TestWorkspace;
  let ana: Caller;
  let marina: SurveyedCustomer;

  beforeEach(async () => {
    opened = await open();
    desk = openDesk(opened.database);
    workspace = await desk.workspace('Cacau');
    ana = await workspace.agent('ana', { name: 'Ana Prado' });
    marina = surveyedCustomer(workspace, ana, '+5583999142210');
  });
  afterEach(async () => {
    await desk.gateway.close();
    await opened.close();
  });

  const protocolOf = async (id: string) => (await marina.conversation(id)).protocol ?? '';
  const page = async (number: string, query: string) =>
    (await ana.call<Page<Message>>('GET', `/v1/protocols/${number}/history${query}`)).body;
  const history = async (number: string, limit: number) => {
    const pages = [await page(number, `?limit=${String(limit)}`)];
    for (let cursor = pages[0]?.nextCursor ?? null; cursor !== null; cursor = pages.at(-1)?.nextCursor ?? null) {
      pages.push(await page(number, `?limit=${String(limit)}&cursor=${encodeURIComponent(cursor)}`));
    }
    return pages.map(({ data }) => data);
  };

  it.each(['', '/history', '/export'])(
    'knows no number that was never given, and nothing that is none: {number}%s',
    async (rest) => {
      for (const number of ['20200101999999', '2020-01', 'x']) {
        const { status, body } = await ana.call<Problem>('GET', `/v1/protocols/${number}${rest}`);
        expect([status, body.code]).toEqual([404, 'not_found']);
      }
    },
  );

  it('refuses a cursor of another list', async () => {
    const number = await protocolOf(await marina.attended());
    const { body } = await ana.call<Problem>('GET', `/v1/protocols/${number}/history?cursor=nonsense`);
    expect(body.code).toBe('cursor_invalid');
  });

  it('leads to its conversation, open or closed', async () => {
    const id = await marina.attended();
    const number = await protocolOf(id);
    for (const status of ['active', 'closed']) {
      const { body } = await ana.call<Protocol>('GET', `/v1/protocols/${number}`);
      expect(protocolSchema.parse(body)).toEqual(body);
      expect(body).toMatchObject({ number, conversation: { id, status } });
      await marina.close(id);
    }
  });

  it('says until when the history is kept, once the service is over', async () => {
    const id = await marina.attended();
    const number = await protocolOf(id);
    const kept = async () =>
      (await workspace.server.call<Protocol>('GET', `/v1/protocols/${number}`)).body.retainedUntil;
    expect(await kept()).toBeNull();
    await marina.close(id);
    const closed = desk.clock.now();
    expect(await kept()).toBe(isoTime(closed + 90 * day));
    await workspace.server.call('PATCH', '/v1/settings', { retentionDays: 365 });
    desk.clock.advance(100 * day);
    expect(await kept()).toBe(isoTime(closed + 365 * day));
  });

  it('gives the customer their copy: what was said, with the names of files, and nothing internal', async () => {
    await createSurvey(workspace, 'csat');
    const id = await marina.attended();
    await ana.call('POST', `/v1/conversations/${id}/messages`, { type: 'text', text: 'Bom dia' });
    await workspace.customerSends('+5583999142210', {
      type: 'document',
      caption: 'Segue',
      media: {
        kind: 'document',
        providerMediaId: '1',
        mimeType: 'application/pdf',
        fileName: 'boleto.pdf',
        sha256: null,
      },
    });
    await workspace.server.call('POST', `/v1/conversations/${id}/messages`, { type: 'text', text: 'Recebido' });
    await marina.close(id, 'unresolved');
    const number = await protocolOf(id);
    const { body } = await ana.call<ProtocolExport>('GET', `/v1/protocols/${number}/export`);
    expect(protocolExportSchema.parse(body)).toEqual(body);
    const { messages, ...about } = body;
    expect(about).toEqual({
      number,
      origin: 'whatsapp',
      openedAt: (await marina.conversation(id)).createdAt,
      closedAt: isoTime(desk.clock.now()),
      outcome: 'unresolved',
    });
    expect(messages.map(({ author, name, text, fileName }) => [author, name, text?.split('\n')[0], fileName])).toEqual([
      ['customer', expect.any(String), 'Oi', null],
      ['system', null, expect.stringContaining(number), null],
      ['team', 'Ana Prado', 'Bom dia', null],
      ['customer', expect.any(String), 'Segue', 'boleto.pdf'],
      ['team', null, 'Recebido', null],
      ['system', null, expect.stringContaining('avalia'), null],
    ]);
    const before = await workspace.server.call('GET', `/v1/protocols/${number}/export`);
    desk.clock.advance(89 * day);
    await pruneVisitors(opened.database, desk.clock.now());
    await pruneEnvelopes(opened.database, desk.clock.now());
    await pruneEvents(opened.database, desk.clock.now());
    expect((await workspace.server.call('GET', `/v1/protocols/${number}/export`)).body).toEqual(before.body);
  });

  it('tells the whole service, oldest first, in pages, and nothing of the next one', async () => {
    await createSurvey(workspace, 'csat');
    const id = await marina.attended();
    await ana.call('POST', `/v1/conversations/${id}/messages`, { type: 'text', text: 'Bom dia' });
    await marina.close(id);
    await marina.taps(id, '5 – Ótimo');
    desk.clock.advance(minute);
    const next = await marina.attended();
    const pages = await history(await protocolOf(id), 4);
    const all = pages.flat();
    expect(pages.map(({ length }) => length)).toEqual([4, 4, 4]);
    expect(all).toEqual(await marina.messages(id));
    for (const message of all) expect(messageSchema.parse(message)).toEqual(message);
    expect(all.map(({ content }) => (content.type === 'event' ? content.event.name : content.type))).toEqual([
      'text',
      'queued',
      'protocol_assigned',
      'text',
      'accepted',
      'text',
      'closed',
      'survey_sent',
      'interactive',
      'reply',
      'survey_answered',
      'text',
    ]);
    expect(
      (await history(await protocolOf(next), 100)).flat().every((message) => message.conversationId === next),
    ).toBe(true);
  });

  it('goes on where a page ended while more is said', async () => {
    const id = await marina.attended();
    const number = await protocolOf(id);
    const first = await page(number, '?limit=4');
    await marina.says('Ainda aí?');
    const rest = await page(number, `?cursor=${encodeURIComponent(first.nextCursor ?? '')}`);
    expect([...first.data, ...rest.data]).toEqual(await marina.messages(id));
    expect(rest.data.at(-1)?.content).toMatchObject({ text: 'Ainda aí?' });
  });
});
