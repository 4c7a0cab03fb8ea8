import type { ProsaClient } from '@prosa/core';

/** Two message templates, given to Meta for review as an administrator would. They are approved a moment later. */
export async function submitTemplates(server: ProsaClient): Promise<void> {
  await server.hsm.create({
    name: 'continuar_atendimento',
    category: 'UTILITY',
    language: 'pt_BR',
    components: [
      {
        type: 'BODY',
        text: 'Olá, {{1}}. Aqui é da Loja Cacau: temos uma resposta sobre {{2}}. Podemos continuar por aqui?',
        examples: ['Rita', 'o seu boleto'],
      },
      {
        type: 'BUTTONS',
        buttons: [
          { type: 'QUICK_REPLY', text: 'Sim, pode falar' },
          { type: 'QUICK_REPLY', text: 'Agora não' },
        ],
      },
    ],
  });
  await server.hsm.create({
    name: 'pedido_a_caminho',
    category: 'UTILITY',
    language: 'pt_BR',
    components: [
      { type: 'HEADER', format: 'TEXT', text: 'Pedido {{1}}', examples: ['8812'] },
      { type: 'BODY', text: 'Oi, {{1}}. O seu café saiu hoje e chega até {{2}}.', examples: ['João', 'sexta'] },
      { type: 'FOOTER', text: 'Loja Cacau' },
    ],
  });
}
