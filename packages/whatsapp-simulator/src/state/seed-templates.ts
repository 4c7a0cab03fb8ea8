import type { TemplateInput } from './template.ts';

/** Approved templates that every new business account starts with, so that a demo has some to send. */
export const seedTemplates: readonly TemplateInput[] = [
  {
    name: 'retomar_atendimento',
    language: 'pt_BR',
    category: 'UTILITY',
    parameter_format: 'POSITIONAL',
    components: [
      {
        type: 'BODY',
        text: 'Olá, {{1}}! Aqui é da Loja Cacau. Podemos continuar o atendimento sobre {{2}}?',
        example: { body_text: [['Marina', 'o pedido 8812']] },
      },
      { type: 'FOOTER', text: 'Responda para falar com a gente' },
      {
        type: 'BUTTONS',
        buttons: [
          { type: 'QUICK_REPLY', text: 'Sim, vamos continuar' },
          { type: 'QUICK_REPLY', text: 'Agora não' },
        ],
      },
    ],
  },
  {
    name: 'pedido_enviado',
    language: 'pt_BR',
    category: 'UTILITY',
    parameter_format: 'NAMED',
    components: [
      { type: 'HEADER', format: 'TEXT', text: 'Pedido a caminho' },
      {
        type: 'BODY',
        text: 'Oi, {{nome}}! O pedido *{{pedido}}* saiu hoje e chega até {{previsao}}.',
        example: {
          body_text_named_params: [
            { param_name: 'nome', example: 'Marina' },
            { param_name: 'pedido', example: '8812' },
            { param_name: 'previsao', example: 'sexta-feira' },
          ],
        },
      },
      {
        type: 'BUTTONS',
        buttons: [
          {
            type: 'URL',
            text: 'Acompanhar entrega',
            url: 'https://lojacacau.example/entregas/{{1}}',
            example: ['https://lojacacau.example/entregas/8812'],
          },
        ],
      },
    ],
  },
  {
    name: 'novidades_da_semana',
    language: 'pt_BR',
    category: 'MARKETING',
    parameter_format: 'POSITIONAL',
    components: [
      { type: 'HEADER', format: 'IMAGE', example: { header_handle: ['4::aW1hZ2U='] } },
      {
        type: 'BODY',
        text: 'Oi, {{1}}! Chegou café novo da Chapada, torrado ontem. Quer reservar o seu?',
        example: { body_text: [['Marina']] },
      },
      { type: 'FOOTER', text: 'Para não receber mais, responda SAIR' },
      { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'Quero reservar' }] },
    ],
  },
];
