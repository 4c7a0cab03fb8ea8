import { describe, expect, expectTypeOf, it } from 'vitest';
import { agents, conversations, createClient, events, messages } from '../modular.ts';
import type { ConversationsResource } from './prosa-client.ts';

const options = { baseUrl: 'https://chat.example.com', token: 'token', storage: null };

describe('a client in parts', () => {
  it('has what was named, and nothing else', () => {
    const client = createClient({ ...options, resources: [conversations, events] });
    const members = ['clock', 'clockAheadMs', 'connection', 'conversations', 'destroy', 'events', 'on'];
    expect(Object.keys(client).sort()).toEqual(members);
    expectTypeOf(client.conversations).toEqualTypeOf<ConversationsResource>();
    // @ts-expect-error: not among its resources
    expect(client.messages).toBeUndefined();
    client.destroy();
  });

  it('asks nothing of the server before it is used', () => {
    const fetch = () => Promise.reject(new Error('asked'));
    const client = createClient({ ...options, fetch, resources: [messages, agents, events] });
    expect(client.connection.current.state).toBe('idle');
    client.destroy();
  });

  it('sends with the outbox although nobody named the event stream', async () => {
    const sent: unknown[] = [];
    const fetch = (_: unknown, init?: RequestInit) => {
      const body = JSON.parse(init?.body as string) as { clientId: string };
      sent.push(body);
      return Promise.resolve(
        Response.json({ id: 'msg_1', conversationId: 'cnv_1', clientId: body.clientId, version: 1 }),
      );
    };
    const client = createClient({ ...options, fetch, resources: [messages] });
    await expect(client.messages.send('cnv_1', { type: 'text', text: 'Olá' })).resolves.toMatchObject({ id: 'msg_1' });
    expect(sent).toHaveLength(1);
    client.destroy();
    await expect(client.messages.send('cnv_1', { type: 'text', text: 'Olá' })).rejects.toMatchObject({
      code: 'client_destroyed',
    });
  });
});
