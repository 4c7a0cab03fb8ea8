import { expect, it } from 'vitest';
import { templateUse } from './template-use.ts';

const content = { templateId: 'hsm_1', name: 'pedido_saiu', language: 'pt_BR', text: 'Oi' };

it('names the template and its language, and nothing more where nothing is filled in', () => {
  expect(templateUse(content)).toEqual({ name: 'pedido_saiu', language: { code: 'pt_BR' } });
  expect(templateUse({ ...content, raw: { variables: {} } })).toEqual({
    name: 'pedido_saiu',
    language: { code: 'pt_BR' },
  });
});

it('gives the values of each part in the order of their numbers', () => {
  const body = Object.fromEntries(
    Array.from({ length: 11 }, (_, index) => [`body.${11 - index}`, `valor ${11 - index}`]),
  );
  const variables = { 'button.1.1': '4471', ...body, 'header.1': 'Pedido' };
  expect(templateUse({ ...content, raw: { variables } })).toEqual({
    name: 'pedido_saiu',
    language: { code: 'pt_BR' },
    components: [
      { type: 'header', parameters: [{ type: 'text', text: 'Pedido' }] },
      {
        type: 'body',
        parameters: Array.from({ length: 11 }, (_, index) => ({ type: 'text', text: `valor ${index + 1}` })),
      },
      { type: 'button', sub_type: 'url', index: '1', parameters: [{ type: 'text', text: '4471' }] },
    ],
  });
});
