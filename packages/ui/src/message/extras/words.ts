import type { Translation } from '../../locales/translation.ts';

/** What is said about messages that are more than a text or a file. */
export interface ExtraWords {
  readonly viaPhone: string;
  readonly viaPhoneOf: (name: string) => string;
  readonly forwarded: string;
  readonly forwardedOften: string;
  readonly edited: string;
  readonly editedAt: (when: string) => string;
  readonly revokedByCustomer: string;
  readonly revokedByUs: string;
  readonly quoted: string;
  readonly showQuoted: string;
  readonly quotedGone: string;
  readonly notFound: string;
  readonly reactedWith: (name: string, emoji: string) => string;
  readonly reactionFailed: string;
  readonly actions: string;
  readonly reply: string;
  readonly react: string;
  readonly replyingTo: (name: string) => string;
  readonly cancelReply: string;
  readonly takeBack: (name: string) => string;
  readonly team: string;
  readonly ad: string;
  readonly post: string;
  readonly place: string;
  readonly openMap: string;
  readonly contacts: (count: number) => string;
  readonly more: (count: number) => string;
  readonly copy: (value: string) => string;
  readonly copied: string;
  readonly order: string;
  readonly items: (count: number) => string;
  readonly noPrice: string;
  readonly total: string;
  readonly form: string;
  readonly noAnswers: string;
  readonly list: string;
  readonly asksFor: Readonly<Record<string, string>>;
  readonly card: (number: number, count: number) => string;
  readonly offer: string;
  readonly emojis: Readonly<Record<string, string>>;
  /** Kinds of messages that are not shown, by WhatsApp's name. */
  readonly unknownTypes: Readonly<Record<string, string>>;
}

const ptBr: ExtraWords = {
  viaPhone: 'Pelo celular',
  viaPhoneOf: (name) => `${name} · pelo celular`,
  forwarded: 'Encaminhada',
  forwardedOften: 'Encaminhada muitas vezes',
  edited: 'editada',
  editedAt: (when) => `Editada em ${when}`,
  revokedByCustomer: 'O cliente apagou esta mensagem',
  revokedByUs: 'Mensagem apagada',
  quoted: 'Em resposta a',
  showQuoted: 'Mostrar a mensagem citada',
  quotedGone: 'Mensagem que não está nesta conversa',
  notFound: 'A mensagem citada está em um atendimento anterior.',
  reactedWith: (name, emoji) => `${name} reagiu com ${emoji}`,
  reactionFailed: 'A reação não chegou ao cliente.',
  actions: 'Ações da mensagem',
  reply: 'Responder',
  react: 'Reagir',
  replyingTo: (name) => `Respondendo a ${name}`,
  cancelReply: 'Não citar a mensagem',
  takeBack: (name) => `Retirar ${name}`,
  team: 'Equipe',
  ad: 'Veio de um anúncio',
  post: 'Veio de uma publicação',
  place: 'Localização',
  openMap: 'Abrir no mapa',
  contacts: (count) => (count === 1 ? 'Contato' : `${count} contatos`),
  more: (count) => `Mostrar mais ${count}`,
  copy: (value) => `Copiar ${value}`,
  copied: 'Copiado',
  order: 'Pedido',
  items: (count) => (count === 1 ? '1 item' : `${count} itens`),
  noPrice: 'sem preço',
  total: 'Total',
  form: 'Formulário respondido',
  noAnswers: 'Enviado sem respostas',
  list: 'Lista',
  asksFor: {
    flow: 'Formulário',
    location_request: 'Pede a localização',
    contact_request: 'Pede o contato',
    call_permission: 'Pede permissão para ligar',
    carousel: 'Carrossel',
    product: 'Produto do catálogo',
    product_list: 'Produtos do catálogo',
    catalog: 'Catálogo',
    address: 'Pede o endereço',
    order_details: 'Pedido para pagar',
    order_status: 'Situação do pedido',
  },
  card: (number, count) => `Cartão ${number} de ${count}`,
  offer: 'Oferta',
  emojis: {
    '👍': 'joinha',
    '❤️': 'coração',
    '😂': 'risada',
    '😮': 'surpresa',
    '😢': 'choro',
    '🙏': 'agradecimento',
    '👏': 'aplauso',
    '🎉': 'festa',
    '✅': 'feito',
    '👀': 'olhos',
    '🤝': 'aperto de mãos',
    '😉': 'piscada',
  },
  unknownTypes: {
    call: 'ligação',
    edit: 'edição',
    event: 'evento',
    group_invite: 'convite para um grupo',
    poll: 'enquete',
    poll_creation: 'enquete',
    media_placeholder: 'arquivo que não chegou',
    poll_update: 'voto em uma enquete',
    unknown: 'tipo desconhecido',
    unsupported: 'tipo desconhecido',
    view_once: 'visualização única',
    video_note: 'recado em vídeo',
  },
};

const en: ExtraWords = {
  viaPhone: 'From the phone',
  viaPhoneOf: (name) => `${name} · from the phone`,
  forwarded: 'Forwarded',
  forwardedOften: 'Forwarded many times',
  edited: 'edited',
  editedAt: (when) => `Edited on ${when}`,
  revokedByCustomer: 'The customer deleted this message',
  revokedByUs: 'Message deleted',
  quoted: 'In reply to',
  showQuoted: 'Show the quoted message',
  quotedGone: 'A message that is not in this conversation',
  notFound: 'The quoted message is in an earlier conversation.',
  reactedWith: (name, emoji) => `${name} reacted with ${emoji}`,
  reactionFailed: 'The reaction did not reach the customer.',
  actions: 'Actions of the message',
  reply: 'Reply',
  react: 'React',
  replyingTo: (name) => `Replying to ${name}`,
  cancelReply: 'Do not quote the message',
  takeBack: (name) => `Take back ${name}`,
  team: 'Team',
  ad: 'Came from an ad',
  post: 'Came from a post',
  place: 'Location',
  openMap: 'Open the map',
  contacts: (count) => (count === 1 ? 'Contact' : `${count} contacts`),
  more: (count) => `Show ${count} more`,
  copy: (value) => `Copy ${value}`,
  copied: 'Copied',
  order: 'Order',
  items: (count) => (count === 1 ? '1 item' : `${count} items`),
  noPrice: 'no price',
  total: 'Total',
  form: 'Form filled in',
  noAnswers: 'Sent without answers',
  list: 'List',
  asksFor: {
    flow: 'Form',
    location_request: 'Asks for the location',
    contact_request: 'Asks for the contact',
    call_permission: 'Asks to be allowed to call',
    carousel: 'Carousel',
    product: 'Product of the catalogue',
    product_list: 'Products of the catalogue',
    catalog: 'Catalogue',
    address: 'Asks for the address',
    order_details: 'Order to pay',
    order_status: 'State of the order',
  },
  card: (number, count) => `Card ${number} of ${count}`,
  offer: 'Offer',
  emojis: {
    '👍': 'thumbs up',
    '❤️': 'heart',
    '😂': 'laughter',
    '😮': 'surprise',
    '😢': 'tears',
    '🙏': 'thanks',
    '👏': 'applause',
    '🎉': 'party',
    '✅': 'done',
    '👀': 'eyes',
    '🤝': 'handshake',
    '😉': 'wink',
  },
  unknownTypes: {
    group_invite: 'invitation to a group',
    poll_creation: 'poll',
    media_placeholder: 'file that did not arrive',
    poll_update: 'vote in a poll',
    unknown: 'unknown kind',
    unsupported: 'unknown kind',
    view_once: 'view once',
    video_note: 'video note',
  },
};

/** They come with what needs them, so they are not among the words of a page. */
export function extraWords({ language }: Translation): ExtraWords {
  return language.startsWith('en') ? en : ptBr;
}
