import type { Attachment, Message, MessageContent } from '@prosa/core/contract';
import { Desk } from './desk.ts';
import { agentOf, attachmentOf, contactOf, conversationOf, idOf, messageOf, minutesAgo } from './records.ts';
import { modemPicture } from './sample-media.ts';

/** A conversation with every kind of message and of mark, in the order in which they are named here. */
export interface EveryKind {
  readonly desk: Desk;
  readonly conversationId: string;
  readonly message: (name: string) => Message;
}

const byPhone = {
  direction: 'outbound',
  author: { kind: 'phone', id: null, name: null },
  status: 'delivered',
} as const;
const button = (text: string) => ({ type: 'QUICK_REPLY', text }) as const;

function contents(picture: Attachment): Readonly<Record<string, MessageContent>> {
  return {
    place: {
      type: 'location',
      latitude: -7.1195,
      longitude: -34.845,
      name: 'Padaria Sol Nascente',
      address: 'Rua das Acácias, 120, Tambaú, João Pessoa, PB',
      url: 'https://padaria.exemplo.com.br/lojas/tambau',
    },
    point: { type: 'location', latitude: -7.1195, longitude: -34.845, name: null, address: null, url: null },
    card: {
      type: 'contacts',
      contacts: [
        {
          name: 'Otávio Lins',
          organization: 'Lins Instalações',
          phones: [
            { phone: '+5583991470036', kind: 'CELL' },
            { phone: '+558332410099', kind: 'WORK' },
          ],
          emails: ['otavio@exemplo.com.br'],
        },
      ],
    },
    cards: {
      type: 'contacts',
      contacts: ['Célia Prado', 'Davi Rocha', 'Elisa Nunes', 'Fábio Melo', 'Gilda Reis'].map((name, i) => ({
        name,
        organization: null,
        phones: [{ phone: `+558399147${String(1000 + i)}`, kind: null }],
        emails: [],
      })),
    },
    order: {
      type: 'order',
      text: 'Pode entregar depois das 18h?',
      catalogId: '1001',
      items: [
        { productId: 'Roteador Wi-Fi 6', quantity: 1, unitPrice: 349.9, currency: 'BRL' },
        { productId: 'Cabo de rede 10 m', quantity: 3, unitPrice: 28.5, currency: 'BRL' },
      ],
    },
    form: {
      type: 'form',
      name: 'Agendar visita',
      text: null,
      fields: [
        { name: 'nome_completo', value: 'Marina Albuquerque' },
        { name: 'periodo', value: 'Tarde' },
        { name: 'observacao', value: 'O portão fica do lado esquerdo.\nTocar duas vezes.' },
      ],
    },
    reply: { type: 'reply', text: 'Quero a segunda via', replyId: 'segunda-via' },
    buttons: {
      type: 'interactive',
      kind: 'buttons',
      header: 'Visita técnica',
      text: 'Qual período fica melhor para a visita?',
      footer: 'Das 8h às 18h',
      listLabel: null,
      options: [
        { id: 'm', title: 'Manhã' },
        { id: 't', title: 'Tarde' },
      ],
    },
    list: {
      type: 'interactive',
      kind: 'list',
      text: 'Sobre o que você quer falar?',
      listLabel: 'Ver assuntos',
      options: ['Financeiro', 'Suporte técnico', 'Mudança de endereço'].map((title) => ({ id: title, title })),
    },
    link: {
      type: 'interactive',
      kind: 'link',
      text: 'A segunda via está pronta.',
      listLabel: null,
      options: [],
      link: { label: 'Ver boleto', url: 'https://boletos.exemplo.com.br/b/8812' },
    },
    asksPlace: {
      type: 'interactive',
      kind: 'location_request',
      text: 'Onde está o roteador?',
      listLabel: null,
      options: [],
    },
    carousel: {
      type: 'interactive',
      kind: 'carousel',
      text: 'Planos para a sua rua:',
      listLabel: null,
      options: [],
      cards: [
        { attachment: picture, text: '*500 mega* por R$ 99,90', buttons: [{ type: 'URL', text: 'Quero este' }] },
        { attachment: picture, text: '*800 mega* por R$ 129,90', buttons: [{ type: 'URL', text: 'Quero este' }] },
        { attachment: picture, text: '*1 giga* por R$ 159,90', buttons: [{ type: 'URL', text: 'Quero este' }] },
      ],
    },
    template: {
      type: 'template',
      templateId: idOf('hsm'),
      name: 'oferta_de_plano',
      language: 'pt_BR',
      header: null,
      attachment: picture,
      text: 'Olá, *Marina*. Seu plano pode ficar mais rápido sem custo até sexta.',
      footer: 'Responda PARAR para não receber ofertas',
      offer: 'Vale até 28/11',
      buttons: [button('Quero saber mais'), button('Agora não')],
    },
    invoice: {
      type: 'template',
      templateId: idOf('hsm'),
      name: 'boleto_do_mes',
      language: 'pt_BR',
      header: null,
      attachment: attachmentOf({ kind: 'document', fileName: 'boleto-novembro.pdf', mimeType: 'application/pdf' }),
      text: 'Seu boleto de novembro vence dia 28.',
      footer: null,
      buttons: [{ type: 'COPY_CODE', text: 'Copiar código' }],
    },
    product: {
      type: 'interactive',
      kind: 'product_list',
      header: 'Roteadores',
      text: 'Veja o que temos para a sua casa.',
      listLabel: null,
      options: [],
    },
    unknown: { type: 'unsupported', originalType: 'poll' },
  };
}

export async function everyKind(): Promise<EveryKind> {
  const ana = agentOf();
  const desk = new Desk(ana);
  desk.agents = [ana];
  const picture = desk.addAttachment(attachmentOf({ fileName: 'modem.jpg' }), await modemPicture());
  const sticker = desk.addAttachment(
    attachmentOf({ kind: 'sticker', mimeType: 'image/webp', fileName: 'figurinha.webp' }),
    await modemPicture(),
  );
  const contact = desk.addContact(contactOf());
  const conversation = conversationOf(contact, {
    status: 'active',
    assignee: { id: ana.id, name: ana.name },
    protocol: '2026112000042',
  });
  const { id } = conversation;
  const mine = {
    direction: 'outbound',
    author: { kind: 'agent', id: ana.id, name: ana.name },
    status: 'read',
  } as const;
  const messages = new Map<string, Message>();
  let ago = 300;
  const add = (name: string, content: MessageContent | string, rest: Partial<Message> = {}) => {
    ago -= 6;
    const message = messageOf(id, content, { createdAt: minutesAgo(ago), ...rest });
    messages.set(name, message);
    return message;
  };
  const at = minutesAgo(2);
  const quoted = (message: Message, text: string, authorName: string | null) => ({
    messageId: message.id,
    direction: message.direction,
    authorName,
    type: message.content.type,
    text,
  });

  const first = add('first', 'Oi, vi o anúncio de vocês. Ainda tem vaga para instalar amanhã?', {
    referral: {
      sourceType: 'ad',
      sourceId: '77',
      sourceUrl: 'https://www.exemplo.com.br/ofertas/fibra?origem=anuncio',
      headline: 'Fibra de 500 mega por R$ 99,90',
      body: 'Instalação grátis para quem assinar até sexta. Consulte a cobertura na sua rua.',
      mediaUrl: 'https://imagens.exemplo.com.br/anuncio.jpg',
      clickId: 'clk-1',
    },
  });
  const ours = add('answer', 'Temos sim, Marina. Às 14h fica bom?', {
    ...mine,
    replyTo: quoted(first, 'Oi, vi o anúncio de vocês. Ainda tem vaga para instalar amanhã?', null),
    reactions: [{ emoji: '❤️', by: { kind: 'customer' }, at }],
  });
  add('agreed', 'Às 14h está ótimo', {
    replyTo: quoted(ours, 'Temos sim, Marina. Às 14h fica bom?', ana.name),
    reactions: [
      { emoji: '👍', by: { kind: 'agent', id: ana.id, name: ana.name }, at },
      { emoji: '👍', by: { kind: 'customer' }, at },
    ],
    editedAt: minutesAgo(3),
  });
  add('old', 'E sobre aquele boleto?', {
    replyTo: { messageId: null, direction: null, authorName: null, type: null, text: null },
  });
  add('forwarded', 'Promoção válida só hoje, repasse para todos.', { forwarded: 'many' });
  add('revoked', 'Meu cartão termina em 4410', { revokedAt: minutesAgo(4) });
  add('echo', 'Oi Marina, respondi aqui do celular da loja.', byPhone);
  add('refused', 'Não funcionou', {
    failure: { code: '131009', detail: 'Parameter value is not valid', reason: null },
  });
  add('failed', 'Segue o boleto', {
    ...mine,
    status: 'failed',
    failure: {
      code: '131047',
      detail: 'Re-engagement message',
      reason: {
        'pt-BR': 'A janela de 24 horas já estava fechada.',
        en: 'The 24-hour window was already closed.',
        es: 'La ventana de 24 horas ya estaba cerrada.',
      },
    },
  });
  const outbound = ['buttons', 'list', 'link', 'asksPlace', 'carousel', 'template', 'invoice', 'product'];
  for (const [name, content] of Object.entries(contents(picture))) {
    add(name, content, outbound.includes(name) ? mine : {});
  }
  add('sticker', { type: 'sticker', attachment: sticker });
  add('song', {
    type: 'audio',
    attachment: attachmentOf({ kind: 'audio', fileName: 'musica.mp3', mimeType: 'audio/mpeg', size: 3_410_000 }),
    voice: false,
  });
  add('coming', { type: 'image', attachment: attachmentOf({ status: 'pending' }), caption: 'A outra foto' });
  add('lost', { type: 'video', attachment: attachmentOf({ kind: 'video', status: 'failed' }), caption: null });
  add('lostFile', {
    type: 'document',
    attachment: attachmentOf({ kind: 'document', status: 'failed', fileName: 'contrato.docx' }),
    caption: null,
  });
  add('waits', 'Vou conferir', { ...mine, status: 'pending' });
  add('unconfirmed', 'O técnico sai às 13h', { ...mine, status: 'unconfirmed' });
  for (const event of [
    { name: 'number_changed', from: '+5583999142210', to: '+5583991470036' },
    { name: 'identity_changed' },
    { name: 'marketing_preference', allowed: false },
  ] as const) {
    add(
      event.name,
      { type: 'event', event },
      { direction: 'internal', author: { kind: 'system', id: null, name: null } },
    );
  }
  add('last', 'Obrigada');
  desk.addConversation(conversation, [...messages.values()]);
  return {
    desk,
    conversationId: id,
    message: (name) => {
      const found = messages.get(name);
      if (!found) throw new Error(`there is no message "${name}"`);
      return found;
    },
  };
}
