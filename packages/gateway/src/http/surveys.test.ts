import {
  surveyResponseSchema,
  surveyResultsSchema,
  surveySchema,
  type Page,
  type Problem,
  type Queue,
  type Survey,
  type SurveyResponse,
  type SurveyResults,
} from '@prosa/core/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { day, hour, minute, second } from '../clock.ts';
import { oldestWaiting, openDesk, whoAmI, type Caller, type TestDesk, type TestWorkspace } from '../testbed/desk.ts';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';
import { createSurvey, surveyedCustomer, type SurveyedCustomer } from '../testbed/survey.ts';

const nobody = '00000000000000000000000000';

forEachEngine((_name, open) => {
  let opened: OpenDatabase;
  let desk: TestDesk;
  let workspace: TestWorkspace;
  let ana: Caller;
  let server: Caller;
  let marina: SurveyedCustomer;

  beforeEach(async () => {
    opened = await open();
    desk = openDesk(opened.database);
    workspace = await desk.workspace('Cacau');
    ({ server } = workspace);
    ana = await workspace.agent('ana', { name: 'Ana Prado', expiresInSeconds: (60 * day) / second });
    marina = surveyedCustomer(workspace, ana, '+5583999142210');
  });
  afterEach(async () => {
    await desk.gateway.close();
    await opened.close();
  });

  const wrongFields = async (method: string, path: string, body?: object) => {
    const answer = await server.call<Problem>(method, path, body);
    return [answer.status, answer.body.code, answer.body.errors?.map((error) => error.path).sort()];
  };
  const newQueue = async (name: string) => (await server.call<Queue>('POST', '/v1/queues', { name })).body.id;

  describe('making and changing', () => {
    it.each([
      [{}, ['body.instrument', 'body.name']],
      [{ instrument: 'stars', name: 'Pesquisa' }, ['body.instrument']],
      [{ instrument: 'nps', name: ' ' }, ['body.name']],
      [{ instrument: 'nps', name: 'a'.repeat(101) }, ['body.name']],
      [{ instrument: 'nps', name: 'a', question: '', thanks: 'a'.repeat(501) }, ['body.question', 'body.thanks']],
      [{ instrument: 'nps', name: 'a', origins: [] }, ['body.origins']],
      [{ instrument: 'nps', name: 'a', origins: ['whatsapp', 'email'] }, ['body.origins.1']],
      [{ instrument: 'nps', name: 'a', expiresInSeconds: 59 }, ['body.expiresInSeconds']],
      [{ instrument: 'nps', name: 'a', expiresInSeconds: 30 * 24 * 3600 + 1 }, ['body.expiresInSeconds']],
      [{ instrument: 'nps', name: 'a', expiresInSeconds: 90.5 }, ['body.expiresInSeconds']],
      [{ instrument: 'nps', name: 'a', trigger: 'sometimes', active: 1 }, ['body.active', 'body.trigger']],
      [{ instrument: 'nps', name: 'a', queueId: `que_${nobody}` }, ['body.queueId']],
      [{ instrument: 'nps', name: 'a', colour: 'red' }, ['body.colour']],
    ])('refuses %j and says which fields', async (body, paths) => {
      expect(await wrongFields('POST', '/v1/surveys', body)).toEqual([422, 'validation_failed', paths]);
      expect((await ana.call<Page<Survey>>('GET', '/v1/surveys')).body.data).toEqual([]);
    });

    it('refuses changes the same way, and changes nothing', async () => {
      const survey = await createSurvey(workspace, 'csat');
      const path = `/v1/surveys/${survey.id}`;
      for (const [body, field] of [
        [{ instrument: 'nps' }, 'body.instrument'],
        [{ name: '' }, 'body.name'],
        [{ origins: [] }, 'body.origins'],
        [{ queueId: `que_${nobody}` }, 'body.queueId'],
      ] as const) {
        expect(await wrongFields('PATCH', path, body)).toEqual([422, 'validation_failed', [field]]);
      }
      expect((await ana.call('GET', path)).body).toEqual(survey);
      expect((await server.call('PATCH', `/v1/surveys/srv_${nobody}`, { active: false })).status).toBe(404);
    });

    it('is for administrators', async () => {
      const { id } = await createSurvey(workspace, 'csat');
      const chief = await workspace.agent('chefe', { role: 'administrator' });
      const supervisor = await workspace.agent('supervisora', { role: 'supervisor' });
      const attempts = (caller: Caller) =>
        Promise.all([
          caller.call('POST', '/v1/surveys', { instrument: 'nps', name: 'Outra' }),
          caller.call('PATCH', `/v1/surveys/${id}`, { active: false }),
        ]);
      for (const caller of [ana, supervisor]) {
        expect((await attempts(caller)).map(({ status }) => status)).toEqual([403, 403]);
      }
      expect((await attempts(chief)).map(({ status }) => status)).toEqual([200, 200]);
    });

    it('fills in what is usual, and keeps each origin once', async () => {
      const survey = await createSurvey(workspace, 'nps', { origins: ['webchat', 'webchat'] });
      expect(surveySchema.parse(survey)).toEqual(survey);
      expect(survey).toMatchObject({
        question: 'De 0 a 10, quanto você nos recomendaria a um amigo ou colega?',
        thanks: 'Agradecemos a sua resposta.',
        trigger: 'on_close',
        origins: ['webchat'],
        queueId: null,
        expiresInSeconds: 86_400,
        active: true,
        version: 1,
      });
    });

    it('changes only what is given, and takes the queue away with null', async () => {
      const queueId = await newQueue('Financeiro');
      const survey = await createSurvey(workspace, 'csat', { queueId });
      desk.clock.advance(minute);
      const change = async (body: object) =>
        (await server.call<Survey>('PATCH', `/v1/surveys/${survey.id}`, body)).body;
      const renamed = await change({ name: 'Satisfação', active: false });
      expect(renamed).toEqual({
        ...survey,
        name: 'Satisfação',
        active: false,
        updatedAt: renamed.updatedAt,
        version: 2,
      });
      expect(Date.parse(renamed.updatedAt)).toBeGreaterThan(Date.parse(survey.updatedAt));
      expect(await change({ queueId: null })).toMatchObject({ queueId: null, name: 'Satisfação', version: 3 });
    });

    it('leaves what was asked as it was asked', async () => {
      const { id: surveyId } = await createSurvey(workspace, 'csat', { thanks: 'Obrigado' });
      const id = await marina.served();
      await server.call('PATCH', `/v1/surveys/${surveyId}`, { thanks: 'Valeu', active: false, expiresInSeconds: 60 });
      desk.clock.advance(hour);
      await marina.taps(id, '5 – Ótimo');
      expect((await marina.messages(id)).at(-1)?.content).toEqual({ type: 'text', text: 'Obrigado' });
    });

    it('lists by name, in pages', async () => {
      for (const name of ['Beta', 'Alfa', 'Alfa', 'Gama']) await createSurvey(workspace, 'ces', { name });
      const names: string[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const from: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
        const { body }: { body: Page<Survey> } = await ana.call('GET', `/v1/surveys?limit=2${from}`);
        names.push(...body.data.map(({ name }) => name));
        cursor = body.nextCursor;
      }
      expect(names).toEqual(['Alfa', 'Alfa', 'Beta', 'Gama']);
      expect((await ana.call<Problem>('GET', '/v1/surveys?cursor=nonsense')).body.code).toBe('cursor_invalid');
    });
  });

  it('asks the survey of the queue before the older one for all', async () => {
    await createSurvey(workspace, 'csat');
    const id = await marina.attended();
    const queueId = (await marina.conversation(id)).queue?.id;
    const ofQueue = await createSurvey(workspace, 'ces', { queueId });
    await createSurvey(workspace, 'nps', { queueId: await newQueue('Outra') });
    await marina.close(id);
    expect((await marina.response(id))?.surveyId).toBe(ofQueue.id);
  });

  describe('by hand', () => {
    const send = (caller: Caller, id: string, body: object) =>
      caller.call<SurveyResponse & Partial<Pick<Problem, 'code' | 'owner' | 'errors'>>>(
        'POST',
        `/v1/conversations/${id}/surveys`,
        body,
      );

    it('is refused before anybody attends', async () => {
      const { id: surveyId } = await createSurvey(workspace, 'csat');
      await marina.says('Oi');
      const { id } = await oldestWaiting(ana);
      expect((await send(server, id, { surveyId })).body.code).toBe('survey_not_available');
      expect((await send(ana, id, { surveyId })).body.code).toBe('conversation_not_yours');
      expect(await marina.response(id)).toBeUndefined();
    });

    it('is refused to other agents, and for what does not fit', async () => {
      const manual = { trigger: 'manual' };
      const { id: inactive } = await createSurvey(workspace, 'csat', { ...manual, active: false });
      const { id: elsewhere } = await createSurvey(workspace, 'nps', { ...manual, origins: ['webchat'] });
      const id = await marina.attended();
      const bruno = await workspace.agent('bruno');
      expect((await send(bruno, id, { instrument: 'csat' })).body).toMatchObject({
        code: 'conversation_not_yours',
        owner: { name: 'Ana Prado' },
      });
      for (const body of [
        { instrument: 'csat' },
        { instrument: 'ces' },
        { surveyId: inactive },
        { surveyId: elsewhere },
      ]) {
        expect((await send(ana, id, body)).body.code, JSON.stringify(body)).toBe('survey_not_available');
      }
      const unknown = await send(ana, id, { surveyId: `srv_${nobody}` });
      expect([unknown.status, unknown.body.errors?.map(({ path }) => path)]).toEqual([422, ['body.surveyId']]);
      expect((await send(ana, id, {})).status).toBe(422);
      expect((await send(ana, `cnv_${nobody}`, { instrument: 'csat' })).status).toBe(404);
      expect(await marina.response(id)).toBeUndefined();
    });

    it('asks once: again, and on closing, nothing is asked', async () => {
      const { id: surveyId } = await createSurvey(workspace, 'csat', { trigger: 'manual' });
      await createSurvey(workspace, 'ces');
      const id = await marina.attended();
      const { status, body } = await send(ana, id, { surveyId });
      expect([status, body.status, body.surveyId]).toEqual([200, 'sent', surveyId]);
      expect(surveyResponseSchema.parse(body)).toEqual(body);
      expect((await send(ana, id, { instrument: 'ces' })).body.code).toBe('survey_already_sent');
      await marina.close(id);
      expect((await send(ana, id, { instrument: 'ces' })).body.code).toBe('survey_already_sent');
      expect(await marina.questions(id)).toHaveLength(1);
      await marina.taps(id, '5 – Ótimo');
      expect((await send(ana, id, { instrument: 'ces' })).body.code).toBe('survey_already_sent');
    });

    it('asks once when two agents ask at the same time', async () => {
      await createSurvey(workspace, 'csat', { trigger: 'manual' });
      const id = await marina.served();
      const answers = await Promise.all([ana, server, ana].map((caller) => send(caller, id, { instrument: 'csat' })));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
      expect(await marina.questions(id)).toHaveLength(1);
    });

    it('takes the answer while the service goes on, and a number only as long as nobody else spoke', async () => {
      await createSurvey(workspace, 'csat', { trigger: 'manual' });
      const id = await marina.attended();
      await send(ana, id, { instrument: 'csat' });
      await ana.call('POST', `/v1/conversations/${id}/read`);
      await ana.call('POST', `/v1/conversations/${id}/messages`, { type: 'text', text: 'Quantas caixas?' });
      await marina.says('3');
      expect((await marina.response(id))?.status).toBe('sent');
      expect((await marina.conversation(id)).unreadCount).toBe(1);
      await marina.taps(id, '5 – Ótimo');
      expect((await marina.response(id))?.score).toBe(5);
      expect(await marina.conversation(id)).toMatchObject({ status: 'active', unreadCount: 1 });
    });

    it('records what it could not ask, and asks when the window is open again', async () => {
      await createSurvey(workspace, 'csat', { trigger: 'manual' });
      const id = await marina.attended();
      desk.clock.advance(day);
      const skipped = (await send(ana, id, { instrument: 'csat' })).body;
      expect(skipped).toMatchObject({ status: 'skipped', skipReason: 'window_closed' });
      await marina.says('Voltei');
      const asked = (await send(ana, id, { instrument: 'csat' })).body;
      expect(asked).toMatchObject({ id: skipped.id, status: 'sent', skipReason: null });
      await marina.says('4');
      expect((await marina.response(id))?.score).toBe(4);
    });
  });

  describe('what came of it', () => {
    let customers = 0;
    const answered = async (...scores: (number | null)[]) => {
      for (const score of scores) {
        customers += 1;
        const customer = surveyedCustomer(workspace, ana, `+55839991${String(40_000 + customers)}`);
        await customer.served();
        if (score !== null) await customer.says(String(score));
        desk.clock.advance(minute);
      }
    };
    const results = async (query: string) => (await ana.call<SurveyResults>('GET', `/v1/survey-results?${query}`)).body;

    it('of satisfaction: the share of 4 and 5', async () => {
      await createSurvey(workspace, 'csat');
      await answered(5, 4, 3, null);
      const body = await results('instrument=csat');
      expect(surveyResultsSchema.parse(body)).toEqual(body);
      expect(body).toMatchObject({ sent: 4, answered: 3, skipped: 0, responseRate: 0.75, mean: 4 });
      expect(body.score).toBeCloseTo(66.67, 2);
      expect(body.distribution.map(({ count }) => count)).toEqual([0, 0, 1, 1, 1]);
    });

    it('of recommendation: promoters without detractors', async () => {
      await createSurvey(workspace, 'nps');
      await answered(10, 9, 8, 6);
      const body = await results('instrument=nps');
      expect(body).toMatchObject({ sent: 4, answered: 4, responseRate: 1, score: 25, mean: 8.25 });
      expect(body.distribution.map(({ count }) => count)).toEqual([0, 0, 0, 0, 0, 0, 1, 0, 1, 1, 1]);
    });

    it('of effort: the mean; those that could not be asked are beside', async () => {
      await createSurvey(workspace, 'ces');
      await answered(7, 2);
      const late = await marina.attended();
      desk.clock.advance(day);
      await marina.close(late);
      expect(await results('instrument=ces')).toMatchObject({
        sent: 2,
        answered: 2,
        skipped: 1,
        score: 4.5,
        mean: 4.5,
      });
    });

    it('is unknown without answers', async () => {
      expect(await results('instrument=nps')).toMatchObject({ sent: 0, responseRate: null, score: null, mean: null });
    });

    it('is of the last 30 days, or of the period that was asked for: its end is not in it', async () => {
      await createSurvey(workspace, 'csat');
      await answered(1);
      desk.clock.advance(20 * day);
      const middle = new Date(desk.clock.now()).toISOString();
      await answered(5);
      desk.clock.advance(15 * day);
      expect(await results('instrument=csat')).toMatchObject({ sent: 1, mean: 5 });
      const from = new Date(desk.clock.now() - 50 * day).toISOString();
      expect(await results(`instrument=csat&from=${from}`)).toMatchObject({ sent: 2, mean: 3 });
      expect(await results(`instrument=csat&from=${from}&to=${middle}`)).toMatchObject({
        sent: 1,
        mean: 1,
        from,
        to: middle,
      });
      expect(await results(`instrument=csat&from=${middle}`)).toMatchObject({ sent: 1, mean: 5 });
    });

    it('can be of one survey, queue or agent', async () => {
      const { id } = await createSurvey(workspace, 'csat');
      await answered(5);
      const anaId = (await whoAmI(ana)).id;
      const queueId = (await ana.call<Page<SurveyResponse>>('GET', '/v1/survey-responses')).body.data[0]?.queue?.id;
      for (const [filter, sent] of [
        [`surveyId=${id}`, 1],
        [`surveyId=srv_${nobody}`, 0],
        [`queueId=${queueId}`, 1],
        [`queueId=que_${nobody}`, 0],
        [`agentId=${anaId}`, 1],
        [`agentId=agt_${nobody}`, 0],
      ] as const) {
        expect((await results(`instrument=csat&${filter}`)).sent, filter).toBe(sent);
      }
    });

    it('is refused without an instrument, for what is no time, and for a period that ends before it begins', async () => {
      const wrong = (query: string) => wrongFields('GET', `/v1/survey-results?${query}`);
      expect(await wrong('')).toEqual([422, 'validation_failed', ['query.instrument']]);
      expect(await wrong('instrument=csat&from=ontem')).toEqual([422, 'validation_failed', ['query.from']]);
      expect(await wrong('instrument=csat&from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z')).toEqual([
        422,
        'validation_failed',
        ['query.from'],
      ]);
    });

    it('is listed newest first, in pages, by what it is', async () => {
      const { id } = await createSurvey(workspace, 'csat', { expiresInSeconds: 3600 });
      await answered(1, null, 3, 4, null);
      const list = async (query: string) =>
        (await ana.call<Page<SurveyResponse>>('GET', `/v1/survey-responses?${query}`)).body;
      const first = await list('limit=3');
      const rest = await list(`limit=3&cursor=${encodeURIComponent(first.nextCursor ?? '')}`);
      expect([...first.data, ...rest.data].map(({ score }) => score)).toEqual([null, 4, 3, null, 1]);
      expect(rest.nextCursor).toBeNull();
      expect((await list('status=answered')).data).toHaveLength(3);
      expect((await list('status=sent')).data).toHaveLength(2);
      desk.clock.advance(hour);
      expect((await list('status=timed_out')).data.map(({ status }) => status)).toEqual(['timed_out', 'timed_out']);
      expect((await list('status=sent')).data).toEqual([]);
      expect((await list(`surveyId=${id}&instrument=csat`)).data).toHaveLength(5);
      expect((await list('instrument=nps')).data).toEqual([]);
    });
  });
});
