import type { Words } from './words.ts';

export const ptBr: Words = {
  language: 'pt-BR',

  openChat: 'Abrir o chat',
  fold: 'Minimizar',
  closeChat: 'Fechar o chat',
  unread: (count) => (count === 1 ? '1 mensagem nova' : `${count} mensagens novas`),

  noAgentYet: 'Fale com a gente por aqui',
  waiting: 'Já vamos atender você',
  attending: (name) => `${name} está atendendo`,
  ended: 'Conversa encerrada',
  protocol: (number) => `Protocolo ${number}`,

  greetingFrom: (title) => `Mensagem de ${title}`,
  nameLabel: 'Seu nome',
  emailLabel: 'Seu e-mail',
  optional: 'opcional',
  subjectLabel: 'Escolha um assunto',
  nameMissing: 'Diga o seu nome para a gente saber como chamar você.',
  emailMissing: 'Informe o seu e-mail.',
  emailWrong: 'Confira o e-mail: falta algo, como em nome@exemplo.com.br.',
  subjectMissing: 'Escolha um assunto para começar.',

  write: 'Escreva uma mensagem',
  attach: 'Anexar arquivo',
  send: 'Enviar',
  dropHere: 'Solte os arquivos aqui',
  fileTooLarge: (fileName, limit) => `“${fileName}” é grande demais. O limite é ${limit}.`,
  fileEmpty: (fileName) => `“${fileName}” está vazio.`,

  you: 'Você',
  team: 'Atendimento',
  today: 'Hoje',
  yesterday: 'Ontem',
  earlier: 'Ver mensagens anteriores',
  joined: (name) => (name === null ? 'Alguém da equipe entrou na conversa' : `${name} entrou na conversa`),
  endedNotice: 'Conversa encerrada',
  typing: 'Digitando…',
  unsupported: 'Esta mensagem não pode ser mostrada aqui.',
  openImage: 'Abrir a imagem',
  download: 'Baixar',
  audio: 'Áudio',
  video: 'Vídeo',
  fileGone: 'Arquivo indisponível',
  sending: 'Enviando',
  queued: 'Aguardando conexão',
  sent: 'Enviada',
  read: 'Lida',
  uploading: (percent) => `Enviando, ${percent} %`,
  notSent: 'Não foi enviada.',
  fileRefused: 'Este tipo de arquivo não pode ser enviado.',
  tryAgain: 'Tentar de novo',
  discard: 'Descartar',
  cancel: 'Cancelar envio',
  toEnd: 'Ir para a mensagem mais recente',

  endConversation: 'Encerrar conversa',
  endQuestion: 'Encerrar esta conversa?',
  endConfirm: 'Encerrar',
  endKeep: 'Voltar à conversa',
  startNew: 'Começar nova conversa',

  offline: (pending) =>
    pending === 0
      ? 'Sem conexão.'
      : pending === 1
        ? 'Sem conexão. Guardamos a sua mensagem e enviamos assim que voltar.'
        : `Sem conexão. Guardamos ${pending} mensagens e enviamos assim que voltar.`,
  reconnect: 'Reconectar',
  loading: 'Carregando…',
  loadFailed: 'Não foi possível abrir o chat agora.',
  somethingFailed: 'Não deu certo. Tente de novo.',

  score: (score, max) => `${score} de ${max}`,
  lowest: { csat: 'Muito ruim', nps: 'Nada provável', ces: 'Muito difícil' },
  highest: { csat: 'Muito bom', nps: 'Muito provável', ces: 'Muito fácil' },
  comment: 'Quer contar o motivo?',
  sendAnswer: 'Enviar resposta',
  answered: (score, max) => `Sua resposta: ${score} de ${max}`,
};
