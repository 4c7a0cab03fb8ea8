import { expect, it } from 'vitest';
import { isOwnFileName, ownFileName } from './own-file-name.ts';

it('names a file that has no name, by what it is', () => {
  expect(ownFileName({ kind: 'image', mimeType: 'image/jpeg' })).toBe('imagem.jpeg');
  expect(ownFileName({ kind: 'audio', mimeType: 'audio/ogg; codecs=opus' })).toBe('audio.ogg');
  expect(ownFileName({ kind: 'document', mimeType: 'application/vnd.ms-excel' })).toBe('documento');
});

it('knows its own names again, and takes nobody else’s for one', () => {
  for (const kind of ['image', 'audio', 'video', 'document', 'sticker'] as const) {
    for (const mimeType of ['image/webp', 'application/octet-stream']) {
      expect(isOwnFileName(ownFileName({ kind, mimeType }))).toBe(true);
    }
  }
  for (const name of ['documento-assinado.pdf', 'Imagem.png', 'video.final.mp4']) {
    expect(isOwnFileName(name), name).toBe(false);
  }
});
