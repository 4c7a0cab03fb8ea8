import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentDisposition, fileHeaders, safeFileName } from './disposition.ts';

describe('the name of a file', () => {
  it.each([
    ['orçamento final.pdf', 'orçamento final.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\ana\\foto.png', 'foto.png'],
    ['nota\r\nSet-Cookie: a=b.pdf', 'notaSet-Cookie_ a=b.pdf'],
    ['fatura\u202efdp.exe', 'faturafdp.exe'],
    ['.htaccess', 'htaccess'],
    ['nome. . .', 'nome'],
    ['', 'arquivo'],
    ['///', 'arquivo'],
    ['a"b?.txt', 'a_b_.txt'],
  ])('%j becomes %j', (given, safe) => {
    expect(safeFileName(given)).toBe(safe);
  });

  it('is cut so that its extension stays', () => {
    const name = safeFileName(`${'ç'.repeat(300)}.pdf`);
    expect([Array.from(name).length, name.endsWith('.pdf')]).toEqual([150, true]);
  });

  it('is always a valid header, and never a path', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (fileName) => {
        const header = contentDisposition('attachment', fileName);
        expect(new Headers({ 'Content-Disposition': header }).get('Content-Disposition')).toBe(header);
        expect(header).toMatch(/^attachment; filename="[^"\\\r\n]*"; filename\*=UTF-8''[\w!#$&+.^`|~%-]*$/);
        expect(safeFileName(fileName)).not.toMatch(/[/\\]|^\.|^$/);
      }),
    );
  });

  it('is given twice: for old readers and for all others', () => {
    expect(contentDisposition('inline', 'ação 100%.pdf')).toBe(
      `inline; filename="acao 100_.pdf"; filename*=UTF-8''a%C3%A7%C3%A3o%20100%25.pdf`,
    );
  });
});

describe('the headers of a file', () => {
  it.each([
    ['image/png', 'image/png', 'inline'],
    ['audio/ogg', 'audio/ogg', 'inline'],
    ['application/pdf', 'application/pdf', 'inline'],
    ['image/svg+xml', 'application/octet-stream', 'attachment'],
    ['text/html', 'application/octet-stream', 'attachment'],
    ['text/plain', 'application/octet-stream', 'attachment'],
    ['image/png; x="', 'application/octet-stream', 'attachment'],
  ])('%s is served as %s, %s', (mimeType, contentType, disposition) => {
    const headers = fileHeaders({ mimeType, fileName: 'a.bin' });
    expect(headers).toMatchObject({
      'Content-Type': contentType,
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': expect.stringContaining('sandbox') as string,
      'Content-Disposition': expect.stringMatching(`^${disposition};`) as string,
    });
  });
});
