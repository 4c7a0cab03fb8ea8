import type { ChannelFinding } from '@prosa/core/contract';
import { webhookFields } from './webhook-fields.ts';

type Outcome = ChannelFinding['outcome'];
type Texts = readonly [Outcome, ChannelFinding['check'], pt: string, en: string, es: string];

/**
 * What a check can find, and what to do then. `CALLBACK` stands for the address that Meta has to call, `FIELDS` for what
 * is to be subscribed to, `GRAPH` for Meta's own address, and `SUBSCRIBE` for the one that subscribes an app.
 */
const table = {
  settings_unreadable: [
    'failed',
    'settings',
    'A configuração do canal não pode ser lida. Informe de novo o token, o segredo do app e o token de verificação.',
    'The settings of the channel cannot be read. Give the token, the app secret and the verify token again.',
    'La configuración del canal no se puede leer. Vuelva a informar el token, el secreto de la app y el token de verificación.',
  ],
  graph_unreachable: [
    'failed',
    'graph',
    'A Meta não respondeu. Confira se este servidor alcança GRAPH.',
    'Meta did not answer. See that this server reaches GRAPH.',
    'Meta no respondió. Compruebe que este servidor llega a GRAPH.',
  ],
  graph_refused: [
    'warning',
    'graph',
    'A Meta recusou a consulta por um motivo que não é do canal. Tente de novo em alguns minutos.',
    'Meta refused to answer for a reason that is not the channel. Try again in some minutes.',
    'Meta rechazó la consulta por un motivo ajeno al canal. Intente de nuevo en unos minutos.',
  ],
  graph_version_ok: [
    'ok',
    'graph',
    'A versão da Graph API está em uso.',
    'The version of the Graph API is a current one.',
    'La versión de la Graph API está vigente.',
  ],
  graph_version_retired: [
    'warning',
    'graph',
    'A Meta já aposentou a versão configurada da Graph API e respondeu com outra. Configure uma versão atual.',
    'Meta has retired the version of the Graph API that is set, and answered with another one. Set a current version.',
    'Meta ya retiró la versión configurada de la Graph API y respondió con otra. Configure una versión actual.',
  ],
  token_ok: ['ok', 'token', 'O token é aceito.', 'The token is accepted.', 'El token es aceptado.'],
  token_invalid: [
    'failed',
    'token',
    'O token expirou ou foi revogado. Gere outro no usuário do sistema (Configurações da empresa) e salve-o no canal, ou em WHATSAPP_ACCESS_TOKEN.',
    'The token has expired or was revoked. Generate a new one for the system user (Business settings) and save it in the channel, or in WHATSAPP_ACCESS_TOKEN.',
    'El token venció o fue revocado. Genere otro en el usuario del sistema (Configuración del negocio) y guárdelo en el canal, o en WHATSAPP_ACCESS_TOKEN.',
  ],
  token_permissions: [
    'failed',
    'token',
    'Faltam permissões ao token. Gere-o com whatsapp_business_messaging e whatsapp_business_management, e dê ao usuário do sistema acesso à conta do WhatsApp.',
    'The token lacks permissions. Generate it with whatsapp_business_messaging and whatsapp_business_management, and give the system user access to the WhatsApp account.',
    'Al token le faltan permisos. Genérelo con whatsapp_business_messaging y whatsapp_business_management, y dé al usuario del sistema acceso a la cuenta de WhatsApp.',
  ],
  token_expires: [
    'warning',
    'token',
    'O token tem data para expirar. Para produção, use um token de usuário do sistema que não expira.',
    'The token is going to expire. In production use a token of a system user that does not.',
    'El token tiene fecha de vencimiento. En producción use un token de usuario del sistema que no venza.',
  ],
  app_id_missing: [
    'warning',
    'token',
    'Falta o id do app da Meta: sem ele, exemplos de cabeçalho de modelos (imagem, vídeo, documento) não podem ser enviados. Defina appId no canal, ou WHATSAPP_APP_ID.',
    'The id of the Meta app is missing: without it, examples of template headers (picture, video, document) cannot be uploaded. Set appId in the channel, or WHATSAPP_APP_ID.',
    'Falta el id de la app de Meta: sin él, los ejemplos de encabezado de plantillas (imagen, video, documento) no se pueden subir. Defina appId en el canal, o WHATSAPP_APP_ID.',
  ],
  app_id_wrong: [
    'failed',
    'token',
    'O token é de outro app da Meta. Corrija appId no canal, ou WHATSAPP_APP_ID.',
    'The token is of another Meta app. Correct appId in the channel, or WHATSAPP_APP_ID.',
    'El token es de otra app de Meta. Corrija appId en el canal, o WHATSAPP_APP_ID.',
  ],
  number_ok: [
    'ok',
    'number',
    'O número existe e está conectado.',
    'The number exists and is connected.',
    'El número existe y está conectado.',
  ],
  number_not_found: [
    'failed',
    'number',
    'O token não enxerga este id de número. Confira o Phone number ID (não é o telefone) e se o usuário do sistema tem acesso à conta.',
    'The token does not see this phone number id. Compare the Phone number ID (it is not the phone number), and see that the system user has access to the account.',
    'El token no ve este id de número. Compare el Phone number ID (no es el teléfono) y que el usuario del sistema tenga acceso a la cuenta.',
  ],
  number_other_id: [
    'failed',
    'number',
    'A conta não tem número com este id. Em Phone number ID (não é o telefone), informe o de um dos números listados aqui.',
    'The account has no number with this id. Set the Phone number ID (it is not the phone number) to that of one of the numbers listed here.',
    'La cuenta no tiene ningún número con este id. En Phone number ID (no es el teléfono), indique el de uno de los números listados aquí.',
  ],
  number_not_connected: [
    'failed',
    'number',
    'A Meta diz que o número não está conectado. Registre-o no WhatsApp Manager, ou veja lá o que o impede.',
    'Meta says that the number is not connected. Register it in WhatsApp Manager, or see there what keeps it from it.',
    'Meta dice que el número no está conectado. Regístrelo en WhatsApp Manager, o vea allí qué lo impide.',
  ],
  number_quality_low: [
    'warning',
    'number',
    'A qualidade do número está baixa: muita gente bloqueia ou denuncia as mensagens. Reveja os modelos e para quem vão.',
    'The quality of the number is low: many people block or report its messages. Look at the templates and at whom they go to.',
    'La calidad del número es baja: muchas personas bloquean o denuncian los mensajes. Revise las plantillas y a quién llegan.',
  ],
  account_ok: [
    'ok',
    'account',
    'O número pertence à conta informada.',
    'The number belongs to the account that is set.',
    'El número pertenece a la cuenta informada.',
  ],
  account_not_found: [
    'failed',
    'account',
    'O token não enxerga a conta do WhatsApp. Confira o WhatsApp Business Account ID e dê acesso ao usuário do sistema.',
    'The token does not see the WhatsApp account. Compare the WhatsApp Business Account ID, and give the system user access.',
    'El token no ve la cuenta de WhatsApp. Compare el WhatsApp Business Account ID y dé acceso al usuario del sistema.',
  ],
  account_other_number: [
    'failed',
    'account',
    'O número é de outra conta do WhatsApp. Sem a conta certa, modelos e avisos da Meta não chegam: corrija o WhatsApp Business Account ID.',
    'The number is of another WhatsApp account. Without the right one templates and news do not arrive: correct the WhatsApp Business Account ID.',
    'El número es de otra cuenta de WhatsApp. Sin la correcta no llegan plantillas ni avisos: corrija el WhatsApp Business Account ID.',
  ],
  app_secret_ok: [
    'ok',
    'app_secret',
    'O segredo é o do app do token.',
    'The secret is that of the app of the token.',
    'El secreto es el de la app del token.',
  ],
  app_secret_wrong: [
    'failed',
    'app_secret',
    'O segredo não é o do app que gerou o token: os webhooks serão recusados. Copie-o de Configurações do app → Básico.',
    'The secret is not that of the app that made the token: webhooks will be refused. Copy it from App settings → Basic.',
    'El secreto no es el de la app que generó el token: los webhooks serán rechazados. Cópielo de Configuración de la app → Básica.',
  ],
  app_secret_former: [
    'warning',
    'app_secret',
    'Um dos segredos não é (mais) o do app. Depois da troca, retire-o.',
    'One of the secrets is not (any more) that of the app. Once the change is done, take it out.',
    'Uno de los secretos no es (o ya no es) el de la app. Terminado el cambio, quítelo.',
  ],
  subscription_ok: [
    'ok',
    'subscription',
    'O app está inscrito na conta do WhatsApp.',
    'The app is subscribed to the WhatsApp account.',
    'La app está suscrita a la cuenta de WhatsApp.',
  ],
  subscription_missing: [
    'failed',
    'subscription',
    'O app não está inscrito na conta: nada do que os clientes escrevem chega. Inscreva-o (curl -X POST SUBSCRIBE -H "Authorization: Bearer <token>").',
    'The app is not subscribed to the account: nothing that customers write arrives. Subscribe it (curl -X POST SUBSCRIBE -H "Authorization: Bearer <token>").',
    'La app no está suscrita a la cuenta: nada de lo que escriben los clientes llega. Suscríbala (curl -X POST SUBSCRIBE -H "Authorization: Bearer <token>").',
  ],
  fields_ok: [
    'ok',
    'subscription',
    'O app assina todos os campos de webhook que o gateway usa.',
    'The app is subscribed to every webhook field that the gateway uses.',
    'La app está suscrita a todos los campos de webhook que usa el gateway.',
  ],
  fields_missing: [
    'warning',
    'subscription',
    'Há campos de webhook não assinados: modelos, preferências e saúde do número ficam desatualizados. Em WhatsApp → Configuração, assine os que estão listados aqui.',
    'Some webhook fields are not subscribed to: templates, preferences and the health of the number fall behind. In WhatsApp → Configuration subscribe to those listed here.',
    'Hay campos de webhook sin suscribir: plantillas, preferencias y salud del número quedan desactualizadas. En WhatsApp → Configuración, suscriba los que se listan aquí.',
  ],
  fields_without_messages: [
    'failed',
    'subscription',
    'O campo messages não está assinado: nada do que os clientes escrevem chega. Em WhatsApp → Configuração, assine os campos listados aqui.',
    'The field messages is not subscribed to: nothing that customers write arrives. In WhatsApp → Configuration subscribe to the fields listed here.',
    'El campo messages no está suscrito: nada de lo que escriben los clientes llega. En WhatsApp → Configuración, suscriba los campos listados aquí.',
  ],
  callback_ok: [
    'ok',
    'callback',
    'A Meta envia os webhooks para este gateway.',
    'Meta sends the webhooks to this gateway.',
    'Meta envía los webhooks a este gateway.',
  ],
  callback_missing: [
    'failed',
    'callback',
    'O app não tem URL de webhook. Em WhatsApp → Configuração, informe CALLBACK e assine os campos FIELDS.',
    'The app has no webhook URL. In WhatsApp → Configuration, enter CALLBACK and subscribe to the fields FIELDS.',
    'La app no tiene URL de webhook. En WhatsApp → Configuración, informe CALLBACK y suscriba los campos FIELDS.',
  ],
  callback_elsewhere: [
    'failed',
    'callback',
    'A Meta envia os webhooks para outro endereço. Ele deveria ser CALLBACK (ou corrija PROSA_PUBLIC_URL).',
    'Meta sends the webhooks to another address. It should be CALLBACK (or correct PROSA_PUBLIC_URL).',
    'Meta envía los webhooks a otra dirección. Debería ser CALLBACK (o corrija PROSA_PUBLIC_URL).',
  ],
  public_url_ok: [
    'ok',
    'public_url',
    'O endereço público leva a este gateway e o token de verificação confere.',
    'The public address leads to this gateway, and the verify token is right.',
    'La dirección pública lleva a este gateway y el token de verificación coincide.',
  ],
  public_url_local: [
    'warning',
    'public_url',
    'A Meta só chama endereços HTTPS na internet. Defina PROSA_PUBLIC_URL com o endereço que ela alcança.',
    'Meta calls only HTTPS addresses on the internet. Set PROSA_PUBLIC_URL to the address that it reaches.',
    'Meta solo llama a direcciones HTTPS en internet. Defina PROSA_PUBLIC_URL con la dirección que ella alcanza.',
  ],
  public_url_unreachable: [
    'failed',
    'public_url',
    'O endereço público não respondeu daqui. Confira DNS, certificado e proxy de CALLBACK, e se o gateway está no ar.',
    'The public address did not answer from here. See to DNS, certificate and proxy of CALLBACK, and that the gateway runs.',
    'La dirección pública no respondió desde aquí. Revise DNS, certificado y proxy de CALLBACK, y que el gateway esté en marcha.',
  ],
  public_url_refused: [
    'failed',
    'public_url',
    'O endereço público respondeu, mas não aceitou o token de verificação: ele leva a outro gateway, o proxy altera o pedido, ou o gateway ainda roda com a configuração anterior (reinicie-o).',
    'The public address answered and did not accept the verify token: it leads to another gateway, the proxy changes the request, or the gateway still runs with former settings (restart it).',
    'La dirección pública respondió pero no aceptó el token de verificación: lleva a otro gateway, el proxy altera el pedido, o el gateway sigue con la configuración anterior (reinícielo).',
  ],
  signature_ok: [
    'ok',
    'signature',
    'Um webhook assinado chega inteiro pelo endereço público.',
    'A signed webhook arrives whole through the public address.',
    'Un webhook firmado llega entero por la dirección pública.',
  ],
  signature_refused: [
    'failed',
    'signature',
    'Um webhook assinado não foi aceito pelo endereço público. O proxy precisa repassar o corpo e X-Hub-Signature-256 sem mudar nada. Se o segredo acaba de mudar, reinicie o gateway.',
    'A signed webhook was not accepted through the public address. The proxy has to hand on the body and X-Hub-Signature-256 unchanged. If the secret was just changed, restart the gateway.',
    'Un webhook firmado no fue aceptado por la dirección pública. El proxy debe pasar el cuerpo y X-Hub-Signature-256 sin cambiar nada. Si el secreto acaba de cambiar, reinicie el gateway.',
  ],
} as const satisfies Readonly<Record<string, Texts>>;

export type FindingCode = keyof typeof table;

/** What the texts name. */
export interface CheckedPlaces {
  readonly callback: string;
  readonly graph: string;
  readonly subscribe: string;
}

export function finding(code: FindingCode, places: CheckedPlaces | null, detail: string | null = null): ChannelFinding {
  const [outcome, check, ...texts] = table[code];
  const named = { CALLBACK: places?.callback, GRAPH: places?.graph, SUBSCRIBE: places?.subscribe };
  const words = { ...named, FIELDS: webhookFields.join(', ') };
  const [pt = '', en = '', es = ''] = texts.map((text) =>
    text.replace(/CALLBACK|GRAPH|SUBSCRIBE|FIELDS/g, (word) => words[word as keyof typeof words] ?? ''),
  );
  return { check, outcome, code, text: { 'pt-BR': pt, en, es }, detail };
}
