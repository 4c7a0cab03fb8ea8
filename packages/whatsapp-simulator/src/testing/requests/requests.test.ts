import { describe, expect, it } from 'vitest';
import { brokenCopies } from './broken.ts';
import { ownBodies } from './own-bodies.ts';
import { fillPlaceholders } from './placeholders.ts';
import { tryRequest } from './try-request.ts';

describe('requests', () => {
  it.each(ownBodies)('$name is accepted, and no broken copy of it', async (file) => {
    const result = await tryRequest(file);
    expect(result).toMatchObject({ accepted: true, mishaps: [] });
    expect(result.outcome).toMatch(/delivered$|^taken$|^done$|PENDING/);
    expect(Object.values(result.refused).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(3);
  });

  it('that are refused are told as such', async () => {
    const result = await tryRequest({
      name: 'send_text',
      body: { messaging_product: 'whatsapp', to: 'x', type: 'text' },
    });
    expect(result).toMatchObject({ accepted: false, outcome: expect.stringMatching(/refused with/) });
    expect(result.mishaps.length).toBeGreaterThan(0);
  });
});

describe('a broken copy', () => {
  it('has one thing wrong, at one place', () => {
    const copies = brokenCopies({ list: [{ title: 'a' }, { title: 'b', other: 1 }] }, [
      { at: 'list.*.title', missing: 1, max: [3, 2], wrong: 3 },
      { at: 'list.*.none', missing: 4 },
    ]);
    expect(copies.map(({ damage, path, code }) => [damage, path, code])).toEqual([
      ['missing', 'list.0.title', 1],
      ['too long', 'list.0.title', 2],
      ['wrong type', 'list.0.title', 3],
      ['missing', 'list.1.title', 1],
      ['too long', 'list.1.title', 2],
      ['wrong type', 'list.1.title', 3],
    ]);
    expect(copies.map(({ body }) => body)).toEqual([
      { list: [{}, { title: 'b', other: 1 }] },
      { list: [{ title: 'xxxx' }, { title: 'b', other: 1 }] },
      { list: [{ title: { inesperado: true } }, { title: 'b', other: 1 }] },
      { list: [{ title: 'a' }, { other: 1 }] },
      { list: [{ title: 'a' }, { title: 'xxxx', other: 1 }] },
      { list: [{ title: 'a' }, { title: { inesperado: true }, other: 1 }] },
    ]);
  });
});

describe('placeholders', () => {
  const mediaIds = { audio: 'A', document: 'D', image: 'I', sticker: 'S', video: 'V' };

  it('become what exists, and everything else stays', () => {
    const links: string[] = [];
    const stage = {
      to: '+5583',
      messageId: 'wamid.B',
      groupId: 'G',
      mediaIds,
      link: (link: string) => links.push(link),
    };
    const body = {
      to: '{{Recipient-Phone-Number}}',
      text: { body: 'Oi {{1}} <b>' },
      context: { message_id: '<MSGID>' },
      image: { id: '9', caption: '<CAPTION>' },
      video: { link: '<http(s)://video-url>' },
    };
    expect(fillPlaceholders(body, stage)).toEqual({
      to: '+5583',
      text: { body: 'Oi {{1}} <b>' },
      context: { message_id: 'wamid.B' },
      image: { id: 'I', caption: 'valor 2' },
      video: { link: 'https://arquivos.example/video' },
    });
    expect(links).toEqual(['https://arquivos.example/video']);
  });
});
