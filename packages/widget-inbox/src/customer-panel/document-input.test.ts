import { describe, expect, it } from 'vitest';
import { caretAfterMask, checkDocument, documentKindOf, hideDocument, maskDocument } from './document-input.ts';

describe('typing a document', () => {
  it('tells what is missing, wrong, or fine', () => {
    expect(checkDocument('')).toEqual({ state: 'empty' });
    expect(checkDocument('123.456')).toEqual({ state: 'incomplete' });
    expect(checkDocument('123.456.789-00')).toEqual({ state: 'invalid', kind: 'cpf' });
    expect(checkDocument('12.ABC.345/01DE-00')).toEqual({ state: 'invalid', kind: 'cnpj' });
    expect(checkDocument('123.456.789-09')).toEqual({
      state: 'valid',
      document: { kind: 'cpf', value: '12345678909' },
    });
    expect(checkDocument('12.abc.345/01de-35')).toEqual({
      state: 'valid',
      document: { kind: 'cnpj', value: '12ABC34501DE35' },
    });
  });

  it('writes the punctuation as it goes', () => {
    expect(maskDocument('1234')).toBe('123.4');
    expect(maskDocument('12345678909')).toBe('123.456.789-09');
    expect(maskDocument('123456789091')).toBe('12.345.678/9091');
    expect(maskDocument('12a')).toBe('12.A');
    expect(maskDocument('12ABC34501DE35 and more')).toBe('12.ABC.345/01DE-35');
  });

  it('turns into a CNPJ with the twelfth character or the first letter', () => {
    expect(documentKindOf('12345678909')).toBe('cpf');
    expect(documentKindOf('123456789091')).toBe('cnpj');
    expect(documentKindOf('1A')).toBe('cnpj');
  });

  it('leaves the caret where it was typed', () => {
    expect(caretAfterMask('1234', 4, '123.4')).toBe(5);
    expect(caretAfterMask('193.4', 2, '193.4')).toBe(2);
  });

  it('hides enough', () => {
    expect(hideDocument({ kind: 'cpf', value: '12345678909' })).toBe('***.456.789-**');
    expect(hideDocument({ kind: 'cnpj', value: '12ABC34501DE35' })).toBe('**.ABC.345/****-**');
  });
});
