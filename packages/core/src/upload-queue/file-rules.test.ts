import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { attachmentMaxBytes } from '../contract/index.ts';
import { checkFile, officeFileRules, webchatFileRules, whatsAppFileRules, type FileKind } from './file-rules.ts';

const file = (name: string, type = '', size = 1000) => ({ name, type, size });
const mega = 1024 * 1024;

describe('on WhatsApp', () => {
  it.each([
    ['programa.exe', 'application/x-msdownload'],
    ['pagina.html', 'text/html'],
    ['desenho.svg', 'image/svg+xml'],
    ['foto.heic', 'image/heic'],
    ['foto.gif', 'image/gif'],
    ['tudo.zip', 'application/zip'],
    ['desconhecido.xyz', ''],
    ['constructor.constructor', ''],
    ['.toString', ''],
  ])('%s (%s) is refused for its type', (name, type) => {
    expect(checkFile(file(name, type), whatsAppFileRules)).toMatchObject({
      outcome: 'refused',
      refusal: { reason: 'type' },
    });
  });

  it.each<[string, string, FileKind | null]>([
    ['foto.JPG', 'image/jpeg', 'image'],
    ['imagem', 'image/png', 'image'],
    ['recado.m4a', 'audio/x-m4a', 'audio'],
    ['recado.mp4', 'audio/mp4', 'audio'],
    ['recado', 'audio/ogg; codecs=opus', 'audio'],
    ['gravacao.webm', 'audio/webm;codecs=opus', 'audio'],
    ['filme.3gp', 'video/3gpp', 'video'],
    ['figura.webp', 'image/webp', 'sticker'],
    ['contas.csv', 'application/vnd.ms-excel', 'document'],
    ['extrato.ofx', 'application/octet-stream', 'document'],
    ['contrato.pdf', '', 'document'],
    ['sem-nome', '', null],
  ])('%s (%s) is a %s', (name, type, kind) => {
    expect(checkFile(file(name, type), whatsAppFileRules)).toEqual({ outcome: 'accepted', kind });
  });

  it.each(Object.entries(whatsAppFileRules))(
    'a file of the kind %s has at most what the gateway takes',
    (kind, rule) => {
      const { types, maxBytes } = rule;
      expect(maxBytes).toBe(attachmentMaxBytes[kind as FileKind]);
      expect(checkFile(file('x', types[0], maxBytes), whatsAppFileRules).outcome).toBe('accepted');
      expect(checkFile(file('x', types[0], maxBytes + 1), whatsAppFileRules)).toEqual({
        outcome: 'refused',
        refusal: { reason: 'too_large', type: types[0], maxBytes },
      });
    },
  );

  it('nothing empty, and nothing larger than the largest kind', () => {
    expect(checkFile(file('foto.png', 'image/png', 0), whatsAppFileRules)).toMatchObject({
      refusal: { reason: 'empty' },
    });
    expect(checkFile(file('sem-nome', '', 100 * mega + 1), whatsAppFileRules)).toMatchObject({
      refusal: { reason: 'too_large' },
    });
  });
});

it('on a webchat documents are as small as the rest', () => {
  expect(checkFile(file('a.pdf', '', 16 * mega + 1), webchatFileRules)).toMatchObject({
    refusal: { reason: 'too_large', maxBytes: 16 * mega },
  });
  expect(checkFile(file('a.pdf', '', 16 * mega), webchatFileRules).outcome).toBe('accepted');
});

it('an office takes no films, stickers, recordings of other kinds, or letters of the new format', () => {
  const outcomes = [
    'a.png',
    'a.jpeg',
    'a.mp3',
    'a.doc',
    'a.xlsx',
    'a.pdf',
    'a.mp4',
    'a.webp',
    'a.ogg',
    'a.docx',
    'a.txt',
  ];
  expect(outcomes.filter((name) => checkFile(file(name), officeFileRules).outcome === 'accepted')).toEqual(
    outcomes.slice(0, 6),
  );
});

it('never throws, and accepts nothing that is too large, whatever it is called', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.nat(200 * mega), (name, type, size) => {
      const checked = checkFile({ name, type, size }, whatsAppFileRules);
      if (checked.outcome === 'accepted') expect(size).toBeLessThanOrEqual(100 * mega);
    }),
  );
});
