import {
  visitorConversationSchema,
  type Conversation,
  type Page,
  type Problem,
  type VisitorConversation,
  type VisitorMessage,
} from '@prosa/core/contract';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { hour } from '../clock.ts';
import { openDesk, type Caller, type TestDesk, type TestWorkspace } from '../testbed/desk.ts';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';
import { readStream } from '../testbed/read-stream.ts';
import { openWebchat, type TestVisitor } from '../testbed/visitor.ts';

forEachEngine((_name, open) => {
  let opened: OpenDatabase;
  let desk: TestDesk;
  let workspace: TestWorkspace;
  let visitor: TestVisitor;
  let ana: Caller;

  beforeEach(async () => {
    opened = await open();
    desk = openDesk(opened.database);
    workspace = await desk.workspace('Cacau');
    visitor = await (await openWebchat(desk, workspace)).visitor();
    ana = await workspace.agent('ana', { name: 'Ana Prado' });
  });
  afterEach(async () => {
    await desk.gateway.close();
    await opened.close();
  });

  const ask = (instrument: string) =>
    workspace.server.call<Problem>('POST', '/v1/surveys', { instrument, name: `Pesquisa ${instrument}` });
  const answer = (id: string, body: object) =>
    visitor.call<VisitorConversation & Pick<Problem, 'code'>>('POST', `/conversations/${id}/survey`, body);
  const served = async () => {
    const { id } = await visitor.says('Oi');
    await ana.call('POST', `/v1/conversations/${id}/accept`);
    await ana.call('POST', `/v1/conversations/${id}/close`, {});
    return id;
  };

  it('is shown beside the messages once the service is over, and answered once', async () => {
    await ask('csat');
    const id = await served();
    const { survey } = (await visitor.call<VisitorConversation>('GET', `/conversations/${id}`)).body;
    expect(survey).toMatchObject({ instrument: 'csat', min: 1, max: 5, score: null });
    expect(
      (await visitor.call<Page<VisitorMessage>>('GET', `/conversations/${id}/messages`)).body.data.map(
        ({ content }) => content.type,
      ),
    ).toEqual(['notice', 'notice', 'text', 'text']);
    expect((await answer(id, { score: 6 })).status).toBe(422);
    const { status, body } = await answer(id, { score: 5, comment: 'Ótimo' });
    expect([status, body.status, body.survey?.score]).toEqual([200, 'ended', 5]);
    expect(visitorConversationSchema.parse(body)).toEqual(body);
    expect((await answer(id, { score: 1 })).body.code).toBe('survey_already_answered');
    expect((await ana.call<Page<Conversation>>('GET', '/v1/conversations?tab=all')).body.data).toEqual([]);
  });

  it('is asked of visitors who end the service themselves, not of those whom nobody attended', async () => {
    await ask('csat');
    const survey = async (id: string) =>
      (await visitor.call<VisitorConversation>('GET', `/conversations/${id}`)).body.survey?.instrument;
    const abandoned = await visitor.says('Oi');
    await visitor.call('POST', `/conversations/${abandoned.id}/close`);
    expect(await survey(abandoned.id)).toBeUndefined();
    const { id } = await visitor.says('Voltei');
    await ana.call('POST', `/v1/conversations/${id}/accept`);
    await visitor.call('POST', `/conversations/${id}/close`);
    expect(await survey(id)).toBe('csat');
  });

  it('takes one of two answers that race', async () => {
    await ask('csat');
    const id = await served();
    const answers = await Promise.all([5, 1, 3].map((score) => answer(id, { score })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    const { survey } = (await visitor.call<VisitorConversation>('GET', `/conversations/${id}`)).body;
    expect(survey?.score).toBe(answers.find(({ status }) => status === 200)?.body.survey?.score);
  });

  it('cannot be answered once its time has passed', async () => {
    await ask('csat');
    const id = await served();
    desk.clock.advance(24 * hour);
    expect((await answer(id, { score: 5 })).body.code).toBe('survey_not_available');
  });

  it('is not what a number in the chat answers: that begins a service', async () => {
    await ask('csat');
    const id = await served();
    const next = await visitor.says('5');
    expect(next.id).not.toBe(id);
    expect((await visitor.call<VisitorConversation>('GET', `/conversations/${id}`)).body.survey?.score).toBeNull();
  });

  it('that nobody asked cannot be answered', async () => {
    const id = await served();
    expect((await answer(id, { score: 5 })).body.code).toBe('survey_not_available');
  });

  it('reaches the stream, is gone with its time, and its answer too', async () => {
    await ask('nps');
    const response = await desk.request('/v1/webchat/events', {
      headers: { authorization: `Bearer ${visitor.session.token}` },
    });
    const stream = await readStream(response);
    const id = await served();
    const surveys = () =>
      stream.frames.map(({ data }) => (data.data as { conversation?: VisitorConversation } | undefined)?.conversation);
    await vi.waitFor(() => expect(surveys().at(-1)?.survey).toMatchObject({ instrument: 'nps', score: null }), {
      timeout: 20_000,
    });
    await answer(id, { score: 0 });
    await vi.waitFor(() => expect(surveys().at(-1)?.survey?.score).toBe(0), { timeout: 20_000 });
    await stream.stop();
    expect(JSON.stringify(stream.frames)).not.toMatch(/srv_|svr_|agt_/);
    desk.clock.advance(25 * hour);
    expect((await visitor.call<VisitorConversation>('GET', `/conversations/${id}`)).body.survey).toBeNull();
  });
});
