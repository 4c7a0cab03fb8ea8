import type { FailureReason } from '../channel.ts';

type Texts = readonly [ptBR: string, en: string, es: string];

const invalid: Texts = [
  'O WhatsApp recusou o conteúdo desta mensagem.',
  'WhatsApp refused the content of this message.',
  'WhatsApp rechazó el contenido de este mensaje.',
];
const unknown: Texts = [
  'O WhatsApp teve um problema ao enviar. Tente novamente.',
  'WhatsApp had a problem sending it. Try again.',
  'WhatsApp tuvo un problema al enviarlo. Inténtalo de nuevo.',
];
const unavailable: Texts = [
  'O WhatsApp está indisponível no momento. Tente novamente em alguns minutos.',
  'WhatsApp is not available at the moment. Try again in a few minutes.',
  'WhatsApp no está disponible en este momento. Inténtalo de nuevo en unos minutos.',
];
const tooFast: Texts = [
  'O limite de envios deste número foi atingido. Tente novamente em alguns minutos.',
  'This number has reached its sending limit. Try again in a few minutes.',
  'Este número alcanzó su límite de envíos. Inténtalo de nuevo en unos minutos.',
];
const noAccess: Texts = [
  'A conexão do número com o WhatsApp precisa ser renovada. Avise quem administra o sistema.',
  'The connection of the number to WhatsApp has to be renewed. Tell whoever runs the system.',
  'La conexión del número con WhatsApp debe renovarse. Avisa a quien administra el sistema.',
];
const restricted: Texts = [
  'A conta do WhatsApp da empresa está bloqueada ou restrita. Avise quem administra o sistema.',
  "The company's WhatsApp account is blocked or restricted. Tell whoever runs the system.",
  'La cuenta de WhatsApp de la empresa está bloqueada o restringida. Avisa a quien administra el sistema.',
];
const notRegistered: Texts = [
  'O número da empresa não está registrado no WhatsApp. Avise quem administra o sistema.',
  "The company's number is not registered on WhatsApp. Tell whoever runs the system.",
  'El número de la empresa no está registrado en WhatsApp. Avisa a quien administra el sistema.',
];
const templateValues: Texts = [
  'Os dados preenchidos não combinam com o modelo de mensagem.',
  'What was filled in does not fit the message template.',
  'Los datos completados no coinciden con la plantilla de mensaje.',
];
const templateUnusable: Texts = [
  'O modelo de mensagem não pode ser usado agora: está pausado, desativado ou não foi aprovado.',
  'The message template cannot be used now: it is paused, disabled or not approved.',
  'La plantilla de mensaje no se puede usar ahora: está en pausa, desactivada o no fue aprobada.',
];
const badFile: Texts = [
  'O WhatsApp não aceitou o arquivo. Envie em outro formato ou tamanho.',
  'WhatsApp did not accept the file. Send it in another format or size.',
  'WhatsApp no aceptó el archivo. Envíalo en otro formato o tamaño.',
];
const notDelivered: Texts = [
  'O WhatsApp decidiu não entregar esta mensagem a este cliente. Tente novamente em outro dia.',
  'WhatsApp chose not to deliver this message to this customer. Try again another day.',
  'WhatsApp decidió no entregar este mensaje a este cliente. Inténtalo otro día.',
];
const badSetup: Texts = [
  'O canal do WhatsApp não está configurado corretamente. Avise quem administra o sistema.',
  'The WhatsApp channel is not set up correctly. Tell whoever runs the system.',
  'El canal de WhatsApp no está configurado correctamente. Avisa a quien administra el sistema.',
];
const flow: Texts = [
  'O formulário está bloqueado ou foi enviado vezes demais na última hora.',
  'The form is blocked, or was sent too often in the last hour.',
  'El formulario está bloqueado o se envió demasiadas veces en la última hora.',
];

/** By Meta's code of an error that can hit a message, and by our own. */
const reasons: Readonly<Record<string, Texts>> = {
  '0': noAccess,
  '1': unknown,
  '2': unavailable,
  '3': noAccess,
  '4': tooFast,
  '10': noAccess,
  '33': notRegistered,
  '100': invalid,
  '190': noAccess,
  '368': restricted,
  '80007': tooFast,
  '130403': [
    'A empresa bloqueou este cliente no WhatsApp. Desbloqueie para enviar.',
    'The company has blocked this customer on WhatsApp. Unblock them to send.',
    'La empresa bloqueó a este cliente en WhatsApp. Desbloquéalo para enviar.',
  ],
  '130429': tooFast,
  '130472': [
    'O cliente faz parte de um teste do WhatsApp e não recebe mensagens de marketing.',
    'The customer is part of a WhatsApp experiment and receives no marketing messages.',
    'El cliente participa en una prueba de WhatsApp y no recibe mensajes de marketing.',
  ],
  '130497': [
    'A conta não pode enviar mensagens para o país deste cliente.',
    "The account may not send messages to this customer's country.",
    'La cuenta no puede enviar mensajes al país de este cliente.',
  ],
  '131000': unknown,
  '131005': noAccess,
  '131008': invalid,
  '131009': invalid,
  '131016': unavailable,
  '131021': [
    'O número do cliente é o mesmo número da empresa.',
    "The customer's number is the company's own number.",
    'El número del cliente es el mismo número de la empresa.',
  ],
  '131026': [
    'Este número não pode receber a mensagem: não tem WhatsApp, ou usa uma versão antiga.',
    'This number cannot receive the message: it is not on WhatsApp, or uses an old version.',
    'Este número no puede recibir el mensaje: no tiene WhatsApp o usa una versión antigua.',
  ],
  '131030': [
    'O número do cliente não está na lista de números liberados para teste.',
    "The customer's number is not on the list of numbers allowed for testing.",
    'El número del cliente no está en la lista de números permitidos para pruebas.',
  ],
  '131031': restricted,
  '131036': unavailable,
  '131037': [
    'O nome de exibição do número da empresa ainda não foi aprovado.',
    "The display name of the company's number has not been approved yet.",
    'El nombre visible del número de la empresa aún no fue aprobado.',
  ],
  '131042': [
    'Há um problema com a forma de pagamento da conta do WhatsApp. Avise quem administra o sistema.',
    'There is a problem with the payment method of the WhatsApp account. Tell whoever runs the system.',
    'Hay un problema con la forma de pago de la cuenta de WhatsApp. Avisa a quien administra el sistema.',
  ],
  '131045': notRegistered,
  '131047': [
    'Passaram mais de 24 horas desde a última mensagem do cliente. Envie um modelo de mensagem.',
    'More than 24 hours have passed since the customer last wrote. Send a message template.',
    'Pasaron más de 24 horas desde el último mensaje del cliente. Envía una plantilla de mensaje.',
  ],
  '131048': [
    'O número está com envios limitados porque clientes o bloquearam ou denunciaram.',
    'The number may send little at the moment, because customers blocked or reported it.',
    'El número tiene envíos limitados porque hubo clientes que lo bloquearon o denunciaron.',
  ],
  '131049': notDelivered,
  '131050': [
    'O cliente pediu para não receber mensagens de marketing.',
    'The customer asked not to receive marketing messages.',
    'El cliente pidió no recibir mensajes de marketing.',
  ],
  '131051': [
    'O WhatsApp não aceita este tipo de mensagem.',
    'WhatsApp does not take this type of message.',
    'WhatsApp no acepta este tipo de mensaje.',
  ],
  '131052': badFile,
  '131053': badFile,
  '131055': invalid,
  '131056': [
    'Muitas mensagens para este cliente em pouco tempo. Tente novamente em instantes.',
    'Too many messages to this customer in a short time. Try again in a moment.',
    'Demasiados mensajes a este cliente en poco tiempo. Inténtalo de nuevo en un momento.',
  ],
  '131057': unavailable,
  '131062': [
    'Esta mensagem só pode ser enviada a um cliente com número de telefone.',
    'This message can only be sent to a customer with a phone number.',
    'Este mensaje solo puede enviarse a un cliente con número de teléfono.',
  ],
  '131063': templateUnusable,
  '131064': [
    'A conta atingiu o limite de envios por classificação incorreta de modelos.',
    'The account has reached its limit because of templates in the wrong category.',
    'La cuenta alcanzó su límite por plantillas en una categoría incorrecta.',
  ],
  '132000': templateValues,
  '132001': templateUnusable,
  '132005': [
    'O texto do modelo ficou longo demais com os dados preenchidos.',
    'The text of the template is too long with what was filled in.',
    'El texto de la plantilla es demasiado largo con los datos completados.',
  ],
  '132007': [
    'O conteúdo do modelo não segue as políticas do WhatsApp.',
    "The content of the template does not follow WhatsApp's policies.",
    'El contenido de la plantilla no cumple las políticas de WhatsApp.',
  ],
  '132012': templateValues,
  '132015': templateUnusable,
  '132016': templateUnusable,
  '132018': templateValues,
  '132068': flow,
  '132069': flow,
  '133000': notRegistered,
  '133004': unavailable,
  '133006': notRegistered,
  '133010': notRegistered,
  '134011': [
    'Os termos de pagamentos do WhatsApp ainda não foram aceitos pela empresa.',
    'The company has not accepted the terms of WhatsApp payments yet.',
    'La empresa aún no aceptó los términos de pagos de WhatsApp.',
  ],
  '134100': invalid,
  '134101': [
    'O modelo de mensagem ainda está sendo preparado pelo WhatsApp. Tente em dez minutos.',
    'WhatsApp is still preparing the message template. Try in ten minutes.',
    'WhatsApp todavía está preparando la plantilla de mensaje. Inténtalo en diez minutos.',
  ],
  '134102': templateUnusable,
  '135000': invalid,
  '137000': [
    'O WhatsApp do cliente foi reinstalado: confirme a identidade antes de enviar.',
    "The customer's WhatsApp was installed anew: confirm who they are before sending.",
    'El WhatsApp del cliente se reinstaló: confirma su identidad antes de enviar.',
  ],
  configuration: badSetup,
  no_address: [
    'O contato não tem um número para receber a mensagem.',
    'The contact has no number to receive the message.',
    'El contacto no tiene un número para recibir el mensaje.',
  ],
  no_file: badFile,
  no_target: invalid,
  empty: invalid,
  too_long: [
    'A mensagem é longa demais para o WhatsApp.',
    'The message is too long for WhatsApp.',
    'El mensaje es demasiado largo para WhatsApp.',
  ],
  too_many_options: invalid,
  unsupported_type: [
    'Este tipo de mensagem não pode ser enviado pelo WhatsApp.',
    'This type of message cannot be sent on WhatsApp.',
    'Este tipo de mensaje no se puede enviar por WhatsApp.',
  ],
  unreachable: [
    'Não foi possível conectar ao WhatsApp. Verifique a conexão e tente novamente.',
    'WhatsApp could not be reached. Check the connection and try again.',
    'No se pudo conectar con WhatsApp. Revisa la conexión e inténtalo de nuevo.',
  ],
  upload_lost: unavailable,
};

/** What a failure means for whoever reads it, in their language; `null` when only Meta's own words are known. */
export function failureReason(code: string): FailureReason | null {
  const permission = /^2\d\d$/.test(code);
  const texts = permission ? noAccess : Object.hasOwn(reasons, code) ? reasons[code] : undefined;
  if (!texts) return null;
  const [ptBR, en, es] = texts;
  return { 'pt-BR': ptBR, en, es };
}
