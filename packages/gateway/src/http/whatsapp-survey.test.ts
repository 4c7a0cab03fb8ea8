import { eventSchemas, surveyResponseSchema, type Conversation, type Page } from '@prosa/core/contract';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { processDue } from '../channels/whatsapp/envelope-worker.ts';
import { day, hour, minute, second } from '../clock.ts';
import { silentLog } from '../log.ts';
import { closeExpiredSurveys } from '../store/survey-responses.ts';
import { oldestWaiting, openDesk, type Caller, type TestDesk, type TestWorkspace } from '../testbed/desk.ts';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';
import { createSurvey, surveyedCustomer, type SurveyedCustomer } from '../testbed/survey.ts';
import { envelopeOf, marinaWaId, postWebhook } from '../testbed/webhooks.ts';

const marinaPhone = '+5583999142210';
const joaoPhone = '+5583988120042';
const thanks = 'Agradecemos a sua resposta.';
const over = 'Esta pesquisa já terminou.';

forEachEngine((_name, open) => {
  let opened: OpenDatabase;
  let desk: TestDesk;
  let workspace: TestWorkspace;
  let ana: Caller;
  let marina: SurveyedCustomer;
  let joao: SurveyedCustomer;

  beforeEach(async () => {
    opened = await open();
    desk = openDesk(opened.database);
    workspace = await desk.workspace('Cacau');
    ana = await workspace.agent('ana', { name: 'Ana Prado', expiresInSeconds: (7 * day) / second });
    marina = surveyedCustomer(workspace, ana, marinaPhone);
    joao = surveyedCustomer(workspace, ana, joaoPhone);
  });
  afterEach(async () => {
    await desk.gateway.close();
    await opened.close();
  });

  /** What came after the closing, in short. */
  const epilogue = async (id: string) => {
    const messages = await marina.messages(id);
    const closing = messages.findIndex(({ content }) => content.type === 'event' && content.event.name === 'closed');
    return messages.slice(closing + 1).map(({ direction, content }) => {
      if (content.type === 'event') return content.event.name;
      return `${direction} ${content.type === 'interactive' ? 'question' : 'text' in content ? content.text : ''}`;
    });
  };
  const conversations = async (query: string) =>
    (await ana.call<Page<Conversation>>('GET', `/v1/conversations?${query}`)).body.data;
  /** Everything that a message could change. */
  const everything = () =>
    Promise.all(
      (['conversations', 'messages', 'protocols', 'surveyResponses', 'events', 'jobs'] as const).map((table) =>
        opened.database.read.selectFrom(table).selectAll().execute(),
      ),
    );

  it.each(['mistake', 'no_reply'])('asks nobody whose service ended as %s', async (outcome) => {
    await createSurvey(workspace, 'csat');
    const id = await marina.served(outcome);
    expect([await marina.response(id), await epilogue(id)]).toEqual([undefined, []]);
  });

  it('writes down that it could not ask, when the window is closed', async () => {
    await createSurvey(workspace, 'csat');
    const id = await marina.attended();
    desk.clock.advance(day);
    await marina.close(id);
    expect(await marina.response(id)).toMatchObject({ status: 'skipped', skipReason: 'window_closed', score: null });
    expect(await epilogue(id)).toEqual(['survey_skipped']);
    const { status } = await workspace.server.call('POST', `/v1/conversations/${id}/surveys`, { instrument: 'csat' });
    expect(status, 'it can be tried again').toBe(200);
  });

  it('asks only for the origin and by itself what says so', async () => {
    await createSurvey(workspace, 'csat', { origins: ['webchat'] });
    await createSurvey(workspace, 'nps', { trigger: 'manual' });
    await createSurvey(workspace, 'ces', { active: false });
    expect(await marina.response(await marina.served())).toBeUndefined();
  });

  it('asks satisfaction with a list, takes the tap and says thanks', async () => {
    const survey = await createSurvey(workspace, 'csat');
    const id = await marina.served();
    const [question] = await marina.questions(id);
    expect(question).toMatchObject({ listLabel: 'Escolher nota', text: expect.stringContaining(survey.question) });
    expect(question?.options.map(({ title }) => title)).toEqual([
      '5 – Ótimo',
      '4 – Bom',
      '3 – Regular',
      '2 – Ruim',
      '1 – Péssimo',
    ]);
    desk.clock.advance(minute);
    await marina.taps(id, '4 – Bom');
    expect(await epilogue(id)).toEqual([
      'survey_sent',
      'outbound question',
      'inbound 4 – Bom',
      'survey_answered',
      `outbound ${thanks}`,
    ]);
    const response = await marina.response(id);
    expect(surveyResponseSchema.parse(response)).toEqual(response);
    expect(response).toMatchObject({
      surveyId: survey.id,
      status: 'answered',
      score: 4,
      agent: { name: 'Ana Prado' },
      queue: { name: 'Atendimento' },
      protocol: (await marina.conversation(id)).protocol,
    });
  });

  it('asks recommendation in two steps, and a range is no answer yet', async () => {
    await createSurvey(workspace, 'nps');
    const id = await marina.served();
    await marina.taps(id, '9 ou 10');
    await marina.taps(id, '9 ou 10');
    const questions = await marina.questions(id);
    expect(questions.map(({ options }) => options.map(({ title }) => title))).toEqual([
      ['9 ou 10', '7 ou 8', '0 a 6'],
      ['10', '9'],
    ]);
    expect((await marina.response(id))?.status).toBe('sent');
    await marina.taps(id, '0 a 6');
    await marina.taps(id, '0');
    expect(await marina.response(id)).toMatchObject({ status: 'answered', score: 0 });
    expect((await epilogue(id)).at(-1)).toBe(`outbound ${thanks}`);
  });

  it.each([
    ['csat', ' 5. ', 5],
    ['nps', '10', 10],
    ['ces', '7', 7],
  ])('takes a number that is typed for %s', async (instrument, text, score) => {
    await createSurvey(workspace, instrument, { thanks: 'Obrigado' });
    const id = await marina.served();
    await marina.says(text);
    expect(await marina.response(id)).toMatchObject({ status: 'answered', score, comment: null });
    expect((await epilogue(id)).slice(-3)).toEqual([`inbound ${text}`, 'survey_answered', 'outbound Obrigado']);
    expect(await conversations('tab=all')).toEqual([]);
  });

  it('takes no number that was typed before the question came', async () => {
    await createSurvey(workspace, 'csat');
    const id = await marina.served();
    const askedAt = Date.parse((await marina.response(id))?.sentAt ?? '');
    await marina.says('3', { sentAt: askedAt - second });
    expect((await marina.response(id))?.status).toBe('sent');
    expect(await oldestWaiting(ana)).toMatchObject({ previousConversationId: id });
  });

  it('takes a number of the second in which it asked: Meta tells no milliseconds', async () => {
    await createSurvey(workspace, 'csat');
    const id = await marina.served();
    const askedAt = Date.parse((await marina.response(id))?.sentAt ?? '');
    await marina.says('3', { sentAt: askedAt - second + 1 });
    expect((await marina.response(id))?.score).toBe(3);
  });

  it('takes a number after a range, too', async () => {
    await createSurvey(workspace, 'nps');
    const id = await marina.served();
    await marina.taps(id, '7 ou 8');
    await marina.says('8');
    expect((await marina.response(id))?.score).toBe(8);
  });

  it.each(['6', '0', '10!', 'nota 5', 'Obrigada'])('begins a service with %j, and stays open', async (text) => {
    await createSurvey(workspace, 'csat');
    const id = await marina.served();
    await marina.says(text);
    expect(await oldestWaiting(ana)).toMatchObject({ previousConversationId: id, unreadCount: 1 });
    await marina.says('5');
    expect((await marina.response(id))?.status, 'a number is for whoever attends now').toBe('sent');
    await marina.taps(id, '5 – Ótimo');
    expect((await marina.response(id))?.score).toBe(5);
    expect((await oldestWaiting(ana)).unreadCount).toBe(2);
  });

  it('moves nothing with an answer: no service, no protocol, nothing unread, the same list', async () => {
    await createSurvey(workspace, 'csat');
    const id = await marina.served();
    desk.clock.advance(minute);
    await joao.served();
    const before = await marina.conversation(id);
    const order = (await conversations('status=closed')).map((conversation) => conversation.id);
    const protocols = (await opened.database.read.selectFrom('protocols').select('number').execute()).length;
    desk.clock.advance(minute);
    await marina.taps(id, '1 – Péssimo');
    const after = await marina.conversation(id);
    expect(after).toEqual({ ...before, windowExpiresAt: after.windowExpiresAt, version: after.version });
    expect(after).toMatchObject({ status: 'closed', unreadCount: 0, waitingSince: null });
    expect((await conversations('status=closed')).map((conversation) => conversation.id)).toEqual(order);
    expect(await conversations('tab=all')).toEqual([]);
    expect((await ana.call('GET', '/v1/conversations/counts')).body).toEqual({
      waiting: 0,
      unread: 0,
      mine: 0,
      all: 0,
    });
    expect(await opened.database.read.selectFrom('protocols').select('number').execute()).toHaveLength(protocols);
  });

  it('changes nothing with a second tap, on the same score or on another', async () => {
    await createSurvey(workspace, 'nps');
    const id = await marina.served();
    await marina.taps(id, '9 ou 10');
    await marina.taps(id, '10');
    const before = await everything();
    await marina.taps(id, '10');
    await marina.taps(id, '9');
    await marina.taps(id, '0 a 6');
    expect(await everything()).toEqual(before);
  });

  it('opens a service with a number that is typed after the answer', async () => {
    await createSurvey(workspace, 'csat');
    const id = await marina.served();
    await marina.taps(id, '5 – Ótimo');
    await marina.says('5');
    expect(await oldestWaiting(ana)).toMatchObject({ previousConversationId: id });
  });

  it('leaves the survey of an earlier service alone when a number follows a later one', async () => {
    await createSurvey(workspace, 'csat');
    const earlier = await marina.served();
    const later = await marina.served();
    await marina.says('4');
    expect((await marina.response(later))?.score).toBe(4);
    await marina.says('5');
    expect((await marina.response(earlier))?.status).toBe('sent');
    expect((await oldestWaiting(ana)).previousConversationId).toBe(later);
    await ana.call('POST', `/v1/conversations/${(await oldestWaiting(ana)).id}/accept`);
    await marina.close((await conversations('tab=mine'))[0]?.id ?? '', 'mistake');
    await marina.says('5');
    expect((await marina.response(earlier))?.status, 'also when the last one asked nothing').toBe('sent');
    await marina.taps(earlier, '3 – Regular');
    expect((await marina.response(earlier))?.score).toBe(3);
  });

  it('says nothing to an answer that arrives when the window has closed again', async () => {
    await createSurvey(workspace, 'csat');
    const id = await marina.served();
    const sentAt = desk.clock.now() + minute;
    desk.clock.advance(2 * day);
    await marina.taps(id, '5 – Ótimo', { sentAt });
    expect((await marina.response(id))?.score).toBe(5);
    expect((await epilogue(id)).at(-1)).toBe('survey_answered');
  });

  it('counts one of two taps that race, and thanks once', async () => {
    await createSurvey(workspace, 'csat');
    const id = await marina.served();
    await Promise.all([marina.taps(id, '5 – Ótimo'), marina.taps(id, '1 – Péssimo'), marina.taps(id, '3 – Regular')]);
    expect(await marina.response(id)).toMatchObject({ status: 'answered' });
    expect((await epilogue(id)).filter((line) => line.includes('answered') || line.includes(thanks))).toHaveLength(2);
    expect(await conversations('tab=all')).toEqual([]);
  });

  it('says to late taps that it has ended, once, and keeps it so', async () => {
    await createSurvey(workspace, 'csat', { expiresInSeconds: 3600 });
    const id = await marina.served();
    desk.clock.advance(hour);
    await marina.taps(id, '5 – Ótimo');
    await marina.taps(id, '4 – Bom');
    expect(await marina.response(id)).toMatchObject({ status: 'timed_out', score: null, answeredAt: null });
    expect((await epilogue(id)).filter((line) => line === `outbound ${over}`)).toHaveLength(1);
    expect(await conversations('tab=all')).toEqual([]);
    await marina.says('5');
    expect((await oldestWaiting(ana)).previousConversationId).toBe(id);
  });

  it('can still say so when the window had closed: the tap opens it', async () => {
    await createSurvey(workspace, 'csat', { expiresInSeconds: 2 * 24 * 3600 });
    const id = await marina.served();
    desk.clock.advance(3 * day);
    await marina.taps(id, '5 – Ótimo');
    expect((await epilogue(id)).at(-1)).toBe(`outbound ${over}`);
    const { windowExpiresAt } = await marina.conversation(id);
    expect(Date.parse(windowExpiresAt ?? '')).toBeGreaterThan(desk.clock.now());
  });

  it('counts an answer that was on its way while the time ended, also after housekeeping', async () => {
    await createSurvey(workspace, 'csat', { expiresInSeconds: 3600 });
    const id = await marina.served();
    const sentAt = desk.clock.now() + 59 * minute;
    desk.clock.advance(hour);
    await closeExpiredSurveys(opened.database, desk.clock.now());
    await marina.taps(id, '5 – Ótimo', { sentAt });
    expect(await marina.response(id)).toMatchObject({ score: 5, answeredAt: new Date(sentAt).toISOString() });
  });

  it('takes a number for an earlier service that is asked about while another waits', async () => {
    await createSurvey(workspace, 'csat', { trigger: 'manual' });
    const id = await marina.served();
    await marina.says('Voltei');
    await ana.call('POST', `/v1/conversations/${id}/surveys`, { instrument: 'csat' });
    await marina.says('5');
    expect((await marina.response(id))?.score).toBe(5);
    expect((await oldestWaiting(ana)).unreadCount).toBe(1);
  });

  it('believes no clock that is ahead', async () => {
    await createSurvey(workspace, 'csat', { expiresInSeconds: 3600 });
    const id = await marina.served();
    await marina.taps(id, '5 – Ótimo', { sentAt: desk.clock.now() + 2 * hour });
    const answeredAt = new Date(desk.clock.now()).toISOString();
    expect(await marina.response(id)).toMatchObject({ status: 'answered', answeredAt });
  });

  it.each(['9', '0', 'group:9'])('is not answered by a tap on what it never offered: %s', async (option) => {
    await createSurvey(workspace, 'csat');
    const id = await marina.served();
    const replyId = `${(await marina.response(id))?.id}:${option}`;
    await workspace.customerSends(marinaPhone, { type: 'reply', text: 'Nota', replyId });
    expect(await marina.response(id)).toMatchObject({ status: 'sent', score: null });
    expect((await oldestWaiting(ana)).previousConversationId).toBe(id);
  });

  it('is not answered by the tap of somebody else', async () => {
    await createSurvey(workspace, 'csat');
    const id = await marina.served();
    const [question] = await marina.questions(id);
    const replyId = question?.options[0]?.id ?? '';
    await workspace.customerSends(joaoPhone, { type: 'reply', text: '5 – Ótimo', replyId });
    expect((await marina.response(id))?.status).toBe('sent');
    expect((await oldestWaiting(ana)).contact.phone).toBe(joaoPhone);
  });

  it('takes taps from Meta, once for each webhook', async () => {
    await createSurvey(workspace, 'csat');
    const id = await marina.served();
    const [option] = (await marina.questions(id))[0]?.options ?? [];
    const tap = {
      from: marinaWaId,
      id: 'wamid.tap',
      timestamp: String(Math.ceil(desk.clock.now() / 1000)),
      type: 'interactive',
      interactive: { type: 'list_reply', list_reply: option },
    };
    for (let time = 0; time < 2; time++) {
      await postWebhook(desk, envelopeOf(workspace, { messages: [tap] }), { workspace });
      await processDue({ db: opened.database, clock: desk.clock, log: silentLog });
    }
    expect((await marina.response(id))?.score).toBe(5);
    expect((await epilogue(id)).filter((line) => line.startsWith('inbound'))).toEqual(['inbound 5 – Ótimo']);
  });

  it('tells the stream that it asked and what was answered', async () => {
    await createSurvey(workspace, 'csat');
    const id = await marina.served();
    await marina.taps(id, '2 – Ruim');
    const rows = await opened.database.read
      .selectFrom('events')
      .select(['type', 'data', 'conversationId'])
      .where('type', 'in', ['survey.sent', 'survey.answered'])
      .orderBy('seq')
      .execute();
    expect(rows.map(({ type }) => type)).toEqual(['survey.sent', 'survey.answered']);
    const [sent, answered] = rows.map(({ data }) => JSON.parse(data) as unknown);
    expect(eventSchemas['survey.sent'].parse(sent)).toMatchObject({
      response: { status: 'sent' },
      conversation: { id },
    });
    expect(eventSchemas['survey.answered'].parse(answered)).toMatchObject({
      response: { status: 'answered', score: 2 },
    });
  });
});
