import type { Words } from './words.ts';

export const es: Words = {
  language: 'es',

  openChat: 'Abrir el chat',
  fold: 'Minimizar',
  closeChat: 'Cerrar el chat',
  unread: (count) => (count === 1 ? '1 mensaje nuevo' : `${count} mensajes nuevos`),

  noAgentYet: 'Habla con nosotros por aquí',
  waiting: 'Te atendemos enseguida',
  attending: (name) => `Te atiende ${name}`,
  ended: 'Conversación finalizada',
  protocol: (number) => `Protocolo ${number}`,

  greetingFrom: (title) => `Mensaje de ${title}`,
  nameLabel: 'Tu nombre',
  emailLabel: 'Tu correo',
  optional: 'opcional',
  subjectLabel: 'Elige un asunto',
  nameMissing: 'Dinos tu nombre para saber cómo llamarte.',
  emailMissing: 'Indica tu correo.',
  emailWrong: 'Revisa el correo: falta algo, como en nombre@ejemplo.com.',
  subjectMissing: 'Elige un asunto para empezar.',

  write: 'Escribe un mensaje',
  attach: 'Adjuntar archivo',
  send: 'Enviar',
  dropHere: 'Suelta los archivos aquí',
  fileTooLarge: (fileName, limit) => `«${fileName}» es demasiado grande. El límite es ${limit}.`,
  fileEmpty: (fileName) => `«${fileName}» está vacío.`,

  you: 'Tú',
  team: 'Atención',
  today: 'Hoy',
  yesterday: 'Ayer',
  earlier: 'Ver mensajes anteriores',
  joined: (name) =>
    name === null ? 'Alguien del equipo entró en la conversación' : `${name} entró en la conversación`,
  endedNotice: 'Conversación finalizada',
  typing: 'Escribiendo…',
  unsupported: 'Este mensaje no se puede mostrar aquí.',
  openImage: 'Abrir la imagen',
  download: 'Descargar',
  audio: 'Audio',
  video: 'Vídeo',
  fileGone: 'Archivo no disponible',
  sending: 'Enviando',
  queued: 'Esperando conexión',
  sent: 'Enviado',
  read: 'Leído',
  uploading: (percent) => `Enviando, ${percent} %`,
  notSent: 'No se envió.',
  fileRefused: 'Este tipo de archivo no se puede enviar.',
  tryAgain: 'Intentar de nuevo',
  discard: 'Descartar',
  cancel: 'Cancelar envío',
  toEnd: 'Ir al mensaje más reciente',

  endConversation: 'Finalizar conversación',
  endQuestion: '¿Finalizar esta conversación?',
  endConfirm: 'Finalizar',
  endKeep: 'Volver a la conversación',
  startNew: 'Empezar otra conversación',

  offline: (pending) =>
    pending === 0
      ? 'Sin conexión.'
      : pending === 1
        ? 'Sin conexión. Guardamos tu mensaje y lo enviamos en cuanto vuelva.'
        : `Sin conexión. Guardamos ${pending} mensajes y los enviamos en cuanto vuelva.`,
  reconnect: 'Reconectar',
  loading: 'Cargando…',
  loadFailed: 'No se pudo abrir el chat ahora.',
  somethingFailed: 'No funcionó. Inténtalo de nuevo.',

  score: (score, max) => `${score} de ${max}`,
  lowest: { csat: 'Muy malo', nps: 'Nada probable', ces: 'Muy difícil' },
  highest: { csat: 'Muy bueno', nps: 'Muy probable', ces: 'Muy fácil' },
  comment: '¿Quieres contarnos por qué?',
  sendAnswer: 'Enviar respuesta',
  answered: (score, max) => `Tu respuesta: ${score} de ${max}`,
};
