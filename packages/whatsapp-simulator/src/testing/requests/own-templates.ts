import type { JsonObject } from '../../json.ts';
import type { RequestFile } from './try-request.ts';

const body = { type: 'BODY', text: 'Oi, {{1}}, o pedido {{2}} já saiu.', example: { body_text: [['Marina', '8812']] } };
const header = { type: 'HEADER', format: 'IMAGE', example: { header_handle: ['4::aW1hZ2U='] } };

function create(name: string, category: string, components: readonly JsonObject[], over: JsonObject = {}): RequestFile {
  return { name: `create_template_${name}`, body: { name, language: 'pt_BR', category, components, ...over } };
}

const buttons = (...list: readonly JsonObject[]): JsonObject => ({ type: 'BUTTONS', buttons: list });
const plain = { type: 'BODY', text: 'Escolhemos estes para você.' };
const code = (otp: JsonObject, over: JsonObject = { language: 'pt_BR' }): JsonObject => ({
  name: 'codigo',
  category: 'AUTHENTICATION',
  message_send_ttl_seconds: 60,
  components: [
    { type: 'body', add_security_recommendation: true },
    { type: 'footer', code_expiration_minutes: 10 },
    { type: 'buttons', buttons: [{ type: 'otp', ...otp }] },
  ],
  ...over,
});
const app = { package_name: 'com.example.lojacacau', signature_hash: 'K8aAINcGX7' };
const card = {
  components: [
    header,
    buttons(
      { type: 'quick_reply', text: 'Quero este' },
      { type: 'url', text: 'Ver', url: 'https://loja.example/{{1}}', example: ['cafe-01'] },
    ),
  ],
};

/** Every shape that `POST /{waba}/message_templates` takes, with data that was made up. */
export const ownTemplates: readonly RequestFile[] = [
  create('respostas', 'UTILITY', [
    { type: 'HEADER', format: 'TEXT', text: 'Pedido de {{1}}', example: { header_text: ['Marina'] } },
    body,
    { type: 'FOOTER', text: 'Loja Cacau' },
    buttons({ type: 'QUICK_REPLY', text: 'Recebi' }, { type: 'QUICK_REPLY', text: 'Não recebi' }),
  ]),
  create(
    'com_nomes',
    'marketing',
    [
      header,
      {
        type: 'body',
        text: 'Oi, {{nome}}, use o cupom *{{cupom}}* até domingo.',
        example: {
          body_text_named_params: [
            { param_name: 'nome', example: 'Marina' },
            { param_name: 'cupom', example: 'CACAU15' },
          ],
        },
      },
      buttons(
        { type: 'url', text: 'Ver ofertas', url: 'https://loja.example/ofertas' },
        { type: 'phone_number', text: 'Ligar', phone_number: '+558330154400' },
        { type: 'quick_reply', text: 'Sair' },
      ),
    ],
    { parameter_format: 'named' },
  ),
  create('cupom', 'MARKETING', [plain, buttons({ type: 'COPY_CODE', example: 'CACAU15' })]),
  create('lugar', 'UTILITY', [{ type: 'HEADER', format: 'LOCATION' }, body]),
  create('catalogo', 'MARKETING', [plain, buttons({ type: 'CATALOG', text: 'Ver catálogo' })]),
  create('produtos', 'MARKETING', [plain, buttons({ type: 'MPM', text: 'Ver itens' })]),
  create('produto', 'MARKETING', [{ type: 'header', format: 'product' }, plain, buttons({ type: 'spm', text: 'Ver' })]),
  create('formulario', 'UTILITY', [
    plain,
    buttons({ type: 'FLOW', text: 'Agendar', flow_id: '7001', flow_action: 'navigate', navigate_screen: 'AGENDA' }),
  ]),
  create('ligacao', 'UTILITY', [plain, { type: 'call_permission_request' }]),
  create('prazo', 'MARKETING', [
    header,
    { type: 'limited_time_offer', limited_time_offer: { text: 'Só até domingo', has_expiration: true } },
    body,
    buttons({ type: 'copy_code', example: 'CACAU15' }),
  ]),
  create('cartoes', 'MARKETING', [plain, { type: 'carousel', cards: [card, card] }]),
  { name: 'create_template_codigo', body: code({ otp_type: 'copy_code', text: 'Copiar' }) },
  { name: 'create_template_codigo_um_toque', body: code({ otp_type: 'ONE_TAP', autofill_text: 'Preencher', ...app }) },
  {
    name: 'create_template_codigo_sem_toque',
    body: code({ otp_type: 'ZERO_TAP', zero_tap_terms_accepted: true, supported_apps: [app] }),
  },
  {
    name: 'create_template_codigo_idiomas',
    body: code({ otp_type: 'COPY_CODE' }, { languages: ['pt_BR', 'en_US', 'es'] }),
  },
];
