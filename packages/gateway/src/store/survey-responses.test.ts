import { afterEach, beforeEach, expect, it } from 'vitest';
import { hour, second } from '../clock.ts';
import { openDesk, type TestDesk } from '../testbed/desk.ts';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';
import { createSurvey, surveyedCustomer, type SurveyedCustomer } from '../testbed/survey.ts';
import type { Database } from './database.ts';
import { closeExpiredSurveys } from './survey-responses.ts';

forEachEngine((_name, open) => {
  let opened: OpenDatabase;
  let desk: TestDesk;
  let marina: SurveyedCustomer;
  let joao: SurveyedCustomer;

  beforeEach(async () => {
    opened = await open();
    desk = openDesk(opened.database);
    const workspace = await desk.workspace('Cacau');
    await createSurvey(workspace, 'csat', { expiresInSeconds: hour / second });
    const ana = await workspace.agent('ana', { name: 'Ana Prado', expiresInSeconds: (24 * hour) / second });
    marina = surveyedCustomer(workspace, ana, '+5583999142210');
    joao = surveyedCustomer(workspace, ana, '+5583988120042');
  });
  afterEach(async () => {
    await desk.gateway.close();
    await opened.close();
  });

  const stored = async (conversationId: string) =>
    await opened.database.read
      .selectFrom('surveyResponses')
      .select(['status', 'version'])
      .where('conversationId', '=', conversationId)
      .executeTakeFirst();

  it('writes down what is over when its time has passed, and leaves answers as they are', async () => {
    const [late, answered] = [await marina.served(), await joao.served()];
    await joao.taps(answered, '5 – Ótimo');
    desk.clock.advance(hour - 1);
    await closeExpiredSurveys(opened.database, desk.clock.now());
    expect(await stored(late)).toEqual({ status: 'sent', version: 1 });
    desk.clock.advance(1);
    expect((await marina.response(late))?.status, 'reads do not wait for it').toBe('timed_out');
    for (let round = 0; round < 2; round++) await closeExpiredSurveys(opened.database, desk.clock.now());
    expect(await stored(late)).toEqual({ status: 'timed_out', version: 2 });
    expect(await stored(answered)).toEqual({ status: 'answered', version: 2 });
  });

  it('keeps an answer that comes in while it looks', async () => {
    const id = await marina.served();
    const sentAt = desk.clock.now();
    desk.clock.advance(hour);
    const answeredMeanwhile = new Proxy(opened.database, {
      get(target, property) {
        if (property === 'transaction') {
          return async (work: Parameters<Database['transaction']>[0]) => {
            await marina.taps(id, '5 – Ótimo', { sentAt });
            return await target.transaction(work);
          };
        }
        const value: unknown = Reflect.get(target, property, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    await closeExpiredSurveys(answeredMeanwhile, desk.clock.now());
    expect(await marina.response(id)).toMatchObject({ status: 'answered', score: 5 });
  });
});
