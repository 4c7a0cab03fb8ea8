import { describe, expect, it } from 'vitest';
import { messageText } from './message-text.ts';

describe('what is written in a message', () => {
  it.each([
    ['text', { text: 'Oi' }, 'Oi'],
    ['image', { caption: 'Veja' }, 'Veja'],
    ['image', { caption: null }, null],
    ['template', { header: 'Oi', text: 'Seu boleto', footer: 'Cacau' }, 'Oi\nSeu boleto\nCacau'],
    ['location', { latitude: 1, longitude: 2, name: 'Parque', address: null }, 'Parque'],
    ['location', { latitude: 1, longitude: 2, name: null, address: null }, null],
    ['contacts', { contacts: [{ name: 'Bruno', organization: 'Cacau', phones: [], emails: [] }] }, 'Bruno\nCacau'],
    ['order', { text: 'Para hoje', items: [] }, 'Para hoje'],
    ['form', { text: 'Sent', fields: [{ name: 'nome', value: 'Marina' }], raw: {} }, 'Sent\nnome: Marina'],
    ['unsupported', { originalType: 'poll', raw: { text: 'x' } }, null],
    ['event', { event: { name: 'queued' } }, null],
  ])('%s', (type, content, text) => {
    expect(messageText({ type, content })).toBe(text);
  });
});
