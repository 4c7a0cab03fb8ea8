import { afterEach, describe, expect, it } from 'vitest';
import { startSimulator } from '../node/start-simulator.ts';
import type { StartedSimulator } from '../node/start-simulator.ts';
import { setScene, wabaId } from '../testing/scene.ts';

const origin = 'http://demo.example';
let started: StartedSimulator | undefined;
afterEach(async () => started?.close());

describe('the control API', () => {
  it('does from outside what a test does inside', async () => {
    const { call, simulator, received } = await setScene();
    const headers = {};
    const phone = await call('POST', '/simulator/phones', { name: 'Rui Falcão', waId: '+55 11 95555-0102' }, headers);
    expect(phone).toMatchObject({ status: 201, body: { waId: '5511955550102' } });
    const said = await call('POST', '/simulator/phones/5511955550102/messages', { text: 'Oi' }, headers);
    expect(said.status).toBe(201);
    await call('POST', '/simulator/settled', {}, headers);
    expect(received).toHaveLength(1);
    const fault = await call('POST', '/simulator/faults', { kind: 'throttle', times: null }, headers);
    expect(simulator.faults.list).toEqual([fault.body]);
    expect((await call('DELETE', `/simulator/faults/${fault.body.id}`, undefined, headers)).status).toBe(204);
    expect((await call('POST', '/simulator/clock', { advanceMs: 1000 }, headers)).body.now).toBe(simulator.clock.now());
    const numbers = await call('GET', '/simulator/numbers', undefined, headers);
    expect(JSON.stringify(numbers.body)).not.toMatch(/segredo|EAA/);
  });

  it('seeds templates, shows them and judges them', async () => {
    const { call, send, simulator, values } = await setScene({ templates: [] });
    const seed = {
      wabaId,
      name: 'boas_vindas',
      language: 'pt_BR',
      category: 'UTILITY',
      components: [{ type: 'BODY', text: 'Que bom ter você aqui.' }],
    };
    expect((await call('POST', '/simulator/templates', { ...seed, name: 'Boas vindas' })).status).toBe(400);
    expect((await call('POST', '/simulator/templates', seed)).body).toMatchObject({ status: 'APPROVED' });
    expect((await call('GET', '/simulator/templates')).body.data).toMatchObject([{ name: 'boas_vindas' }]);

    const judge = (over: object): ReturnType<typeof call> =>
      call('POST', '/simulator/templates/status', { wabaId, name: 'boas_vindas', ...over });
    expect((await judge({ status: 'REJECTED', reason: 'FEIO' })).body.error.code).toBe('invalid_body');
    expect((await judge({ status: 'REJECTED', language: 'en_US' })).body.error.code).toBe('invalid_option');
    expect((await judge({ status: 'PAUSED' })).status).toBe(200);
    await simulator.settled();
    expect(values()).toMatchObject([{ event: 'PAUSED', reason: 'NONE' }]);
    const template = { name: 'boas_vindas', language: { code: 'pt_BR' } };
    expect((await send({ type: 'template', template })).body.error.code).toBe(132015);
  });

  it('explains what it cannot do', async () => {
    const { call } = await setScene();
    expect(await call('GET', '/simulator/phones/123')).toMatchObject({
      status: 404,
      body: { error: { code: 'unknown_phone' } },
    });
    expect(await call('POST', '/simulator/faults', { kind: 'meteor' })).toMatchObject({
      status: 400,
      body: { error: { code: 'invalid_body' } },
    });
    expect((await call('GET', '/nada')).status).toBe(404);
  });

  it('serves the pages it is told to, and no others', async () => {
    const { call, simulator } = await setScene({ allowedOrigins: [origin] });
    const preflight = await simulator.fetch(
      new Request('http://graph.example/simulator/phones', { method: 'OPTIONS', headers: { origin } }),
    );
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([204, origin]);
    expect((await call('GET', '/simulator/phones', undefined, { origin })).status).toBe(200);
    expect((await call('GET', '/simulator/phones', undefined, { origin: 'http://outro.example' })).status).toBe(403);
  });

  it('takes a file from the phone and shows it without letting it run', async () => {
    const { call, simulator } = await setScene();
    const form = new FormData();
    form.set('file', new File(['oi'], 'nota.txt', { type: 'text/plain' }));
    form.set('caption', 'A nota');
    const sent = await call('POST', '/simulator/phones/558399142210/messages', form, {});
    expect(sent.body.content).toMatchObject({ type: 'document', filename: 'nota.txt', caption: 'A nota' });
    const shown = await simulator.fetch(new Request(`http://graph.example${sent.body.content.media.path}`));
    expect(shown.headers.get('content-security-policy')).toContain('sandbox');
    expect(await shown.text()).toBe('oi');
  });

  it('streams the phone: all of it first, then what changes', async () => {
    const { simulator, marina } = await setScene();
    const abort = new AbortController();
    const url = 'http://graph.example/simulator/phones/558399142210/events';
    const response = await simulator.fetch(new Request(url, { signal: abort.signal }));
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    const read = async (until: string): Promise<void> => {
      while (!text.includes(until)) text += (await reader.read()).value ?? '';
    };
    await read('event: view');
    await marina.says('Olá');
    await read('"body":"Olá"');
    expect(text).toMatch(/event: message\ndata: \{"type":"message"/);
    abort.abort();
    await reader.cancel();
  });
});

describe('on an HTTP server', () => {
  it('closes the socket for a dropped answer', async () => {
    started = await startSimulator();
    const { simulator, url } = started;
    const number = {
      phoneNumberId: '1001',
      wabaId: '2001',
      displayPhoneNumber: '+55 83 3015-4400',
      token: 't',
      appSecret: 's',
    };
    simulator.addNumber(number);
    simulator.phone({ name: 'Marina', waId: '558399142210' });
    simulator.faults.add({ kind: 'lost_answer' });
    const send = (): Promise<Response> =>
      fetch(`${url}/v25.0/1001/messages`, {
        method: 'POST',
        headers: { authorization: 'Bearer t', 'content-type': 'application/json' },
        body: JSON.stringify({ messaging_product: 'whatsapp', to: '558399142210', text: { body: 'Oi' } }),
      });
    await expect(send()).rejects.toThrow();
    expect((await send()).status).toBe(200);
    expect(simulator.requests).toHaveLength(2);
  });
});
