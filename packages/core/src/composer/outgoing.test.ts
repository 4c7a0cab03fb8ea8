import type { Attachment } from '../contract/index.ts';
import { describe, expect, it } from 'vitest';
import { messagesOf } from './outgoing.ts';

function attachmentOf(kind: Attachment['kind'], id: string): Attachment {
  const createdAt = '2026-11-20T12:00:00.000Z';
  return { id, kind, fileName: 'f', mimeType: 'x/y', size: 1, status: 'ready', createdAt, version: 1 };
}

describe('what is sent', () => {
  it('is the text alone', () => {
    expect(messagesOf('Oi', [])).toEqual([{ type: 'text', text: 'Oi' }]);
  });

  it('is the files, with the text as caption of the first', () => {
    expect(messagesOf('Segue', [attachmentOf('image', 'a'), attachmentOf('document', 'b')])).toEqual([
      { type: 'image', attachmentId: 'a', caption: 'Segue' },
      { type: 'document', attachmentId: 'b' },
    ]);
  });

  it('is the text before a recording, which takes no caption', () => {
    expect(messagesOf('Ouça', [attachmentOf('audio', 'a')])).toEqual([
      { type: 'text', text: 'Ouça' },
      { type: 'audio', attachmentId: 'a' },
    ]);
  });
});

it('sends a sticker as what it is, after the text', () => {
  expect(messagesOf('Oi', [attachmentOf('sticker', 'a')])).toEqual([
    { type: 'text', text: 'Oi' },
    { type: 'sticker', attachmentId: 'a' },
  ]);
});

it('says which recordings are to be heard as voice messages', () => {
  expect(messagesOf('', [attachmentOf('audio', 'a'), attachmentOf('audio', 'b')], ['b'])).toEqual([
    { type: 'audio', attachmentId: 'a' },
    { type: 'audio', attachmentId: 'b', voice: true },
  ]);
});
