import { Hono } from 'hono';
import { z } from 'zod';
import type { SimulatorContext } from '../context.ts';
import { createPhoneApi } from '../phone/api.ts';
import { SimulatorError } from '../simulator-error.ts';
import type { Simulator } from '../simulator.ts';
import { guardOrigin } from './origins.ts';
import {
  clockInput,
  faultInput,
  groupInput,
  healthInput,
  numberInput,
  phoneInput,
  subscriptionInput,
  templateCategoryInput,
  templateInput,
  templateQualityInput,
  templateStatusInput,
} from './inputs.ts';

const statuses: Readonly<Partial<Record<SimulatorError['code'], 404 | 502>>> = {
  handshake_failed: 502,
  unknown_message: 404,
  unknown_number: 404,
  unknown_phone: 404,
};

/** `/simulator/*`: everything that a test or a demo does from outside the process. JSON in camelCase. */
export function createControl(
  context: SimulatorContext,
  simulator: Simulator,
  allowedOrigins: readonly string[],
): (request: Request) => Promise<Response> {
  const app = new Hono();
  app.use('/simulator/*', guardOrigin(allowedOrigins));
  app.onError((error, c) => {
    if (error instanceof z.ZodError) {
      return c.json({ error: { code: 'invalid_body', message: z.prettifyError(error) } }, 400);
    }
    if (error instanceof SimulatorError) {
      return c.json({ error: { code: error.code, message: error.message } }, statuses[error.code] ?? 400);
    }
    if (error instanceof SyntaxError || error instanceof TypeError) {
      return c.json({ error: { code: 'invalid_body', message: error.message } }, 400);
    }
    context.onError(error);
    return c.json({ error: { code: 'internal', message: 'unable to answer; see the log' } }, 500);
  });
  app.notFound((c) => c.json({ error: { code: 'not_found', message: `unable to find ${c.req.path}` } }, 404));

  app.get('/simulator/health', (c) => c.json({ ok: true, now: context.clock.now() }));

  app.get('/simulator/numbers', (c) =>
    c.json({ data: simulator.numbers.map(({ token: _token, appSecret: _secret, ...shown }) => shown) }),
  );
  app.post('/simulator/numbers', async (c) => {
    const { token: _token, appSecret: _secret, ...shown } = simulator.addNumber(numberInput.parse(await c.req.json()));
    return c.json(shown, 201);
  });

  app.post('/simulator/numbers/:id/health', async (c) => {
    const health = healthInput.parse(await c.req.json());
    const { token: _token, appSecret: _secret, ...shown } = simulator.setNumberHealth(c.req.param('id'), health);
    return c.json(shown);
  });
  app.post('/simulator/groups', async (c) => {
    const group = groupInput.parse(await c.req.json());
    simulator.addGroup(group);
    return c.json(group, 201);
  });

  app.get('/simulator/subscriptions', (c) => c.json({ data: context.webhooks.subscriptions }));
  app.post('/simulator/subscriptions', async (c) =>
    c.json(await simulator.subscribe(subscriptionInput.parse(await c.req.json())), 201),
  );

  app.get('/simulator/templates', (c) => c.json({ data: simulator.templates }));
  app.post('/simulator/templates', async (c) => {
    const { wabaId, ...template } = templateInput.parse(await c.req.json());
    return c.json(simulator.addTemplate(wabaId, template), 201);
  });
  app.post('/simulator/templates/status', async (c) => {
    const { wabaId, name, status, ...options } = templateStatusInput.parse(await c.req.json());
    return c.json(simulator.setTemplateStatus(wabaId, name, status, options));
  });

  app.post('/simulator/templates/quality', async (c) => {
    const { wabaId, name, quality, ...options } = templateQualityInput.parse(await c.req.json());
    return c.json(simulator.setTemplateQuality(wabaId, name, quality, options));
  });
  app.post('/simulator/templates/category', async (c) => {
    const { wabaId, name, category, ...options } = templateCategoryInput.parse(await c.req.json());
    return c.json(simulator.setTemplateCategory(wabaId, name, category, options));
  });

  app.get('/simulator/faults', (c) => c.json({ data: simulator.faults.list }));
  app.post('/simulator/faults', async (c) => {
    simulator.faults.add(faultInput.parse(await c.req.json()));
    return c.json(simulator.faults.list.at(-1), 201);
  });
  app.delete('/simulator/faults', (c) => {
    simulator.faults.clear();
    return c.body(null, 204);
  });
  app.delete('/simulator/faults/:id', (c) => c.body(null, simulator.faults.remove(c.req.param('id')) ? 204 : 404));

  app.get('/simulator/requests', (c) => c.json({ data: simulator.requests }));
  app.get('/simulator/webhooks', (c) => c.json({ data: simulator.webhooks }));
  app.post('/simulator/webhooks/retry', (c) => {
    simulator.retryWebhooks();
    return c.body(null, 202);
  });
  app.post('/simulator/webhooks/raw', async (c) => {
    simulator.raw(await c.req.text(), { phoneNumberId: c.req.query('phoneNumberId') });
    return c.body(null, 202);
  });

  app.get('/simulator/clock', (c) => c.json({ now: context.clock.now() }));
  app.post('/simulator/clock', async (c) => {
    context.clock.advance(clockInput.parse(await c.req.json()).advanceMs);
    return c.json({ now: context.clock.now() });
  });
  app.post('/simulator/settled', async (c) => {
    await simulator.settled();
    return c.body(null, 204);
  });
  app.post('/simulator/reset', async (c) => {
    const body: unknown = await c.req.json().catch(() => ({}));
    simulator.reset(z.object({ everything: z.boolean().optional() }).parse(body));
    return c.body(null, 204);
  });

  app.get('/simulator/phones', (c) =>
    c.json({ data: simulator.phones.map(({ waId, name, online }) => ({ waId, name, online })) }),
  );
  app.post('/simulator/phones', async (c) => {
    const { waId, name, online } = simulator.phone(phoneInput.parse(await c.req.json()));
    return c.json({ waId, name, online }, 201);
  });
  app.route('/simulator', createPhoneApi(context));

  return async (request) => app.fetch(request);
}
