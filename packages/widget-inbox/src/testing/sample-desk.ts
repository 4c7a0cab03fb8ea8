import type { Contact, Conversation, Message, Queue } from '@prosa/core/contract';
import { Desk } from './desk.ts';
import {
  agentOf,
  attachmentOf,
  contactOf,
  conversationOf,
  customerOf,
  idOf,
  messageOf,
  templateOf,
  minutesAgo,
  queueOf,
} from './records.ts';
import { modemPicture, voiceRecording } from './sample-media.ts';

/** An afternoon of a made-up internet provider in João Pessoa. */
export async function sampleDesk(): Promise<{ readonly desk: Desk; readonly ids: Readonly<Record<string, string>> }> {
  const ana = agentOf({ name: 'Ana Souza', email: 'ana.souza@exemplo.com.br' });
  const bruno = agentOf({ name: 'Bruno Carvalho', email: 'bruno.carvalho@exemplo.com.br' });
  const carla = agentOf({ name: 'Carla Menezes', email: 'carla.menezes@exemplo.com.br' });
  const diego = agentOf({ name: 'Diego Farias', email: 'diego.farias@exemplo.com.br' });
  const desk = new Desk(ana);
  desk.agents = [ana, bruno, carla, diego];
  const billing = queueOf('Financeiro');
  const visits = queueOf('Agendamento');
  const support = queueOf('Suporte técnico');
  const sales = queueOf('Vendas');
  desk.queues = [visits, billing, support, sales];

  const mine = { status: 'active', assignee: { id: ana.id, name: ana.name } } as const;
  const system = { direction: 'outbound', author: { kind: 'system', id: null, name: null } } as const;
  const byMe = { direction: 'outbound', author: { kind: 'agent', id: ana.id, name: ana.name } } as const;
  const told = { direction: 'internal', author: { kind: 'system', id: null, name: null } } as const;

  const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
  const inQueue = ({ id, name }: Queue) => ({ queue: { id, name } });
  const customerFor = (contact: Contact, rest: Parameters<typeof customerOf>[0] = {}) => {
    const customer = desk.addCustomer(customerOf({ name: contact.name, phone: contact.phone, ...rest }));
    const linked = desk.addContact({ ...contact, customerId: customer.id });
    return { contact: linked, customer: { id: customer.id, name: customer.name } };
  };
  type Line = (id: string) => Message;
  const open = (contact: Contact, rest: Partial<Conversation>, lines: readonly Line[]): Conversation => {
    if (!desk.contacts.has(contact.id)) desk.addContact(contact);
    const conversation = conversationOf(contact, rest);
    return desk.addConversation(
      conversation,
      lines.map((line) => line(conversation.id)),
    );
  };
  const says =
    (text: string, ago: number, rest: Partial<Message> = {}): Line =>
    (id) =>
      messageOf(id, text, { createdAt: minutesAgo(ago), ...rest });

  const modem = desk.addAttachment(attachmentOf({ fileName: 'modem.jpg', size: 412_300 }), await modemPicture());
  const voice = desk.addAttachment(
    attachmentOf({ kind: 'audio', fileName: 'voz.ogg', mimeType: 'audio/ogg', size: 38_400 }),
    voiceRecording(),
  );
  const boleto = desk.addAttachment(
    attachmentOf({ kind: 'document', fileName: 'boleto-novembro.pdf', mimeType: 'application/pdf', size: 84_120 }),
    URL.createObjectURL(new Blob(['%PDF-1.4'], { type: 'application/pdf' })),
  );

  const marina = customerFor(contactOf({ name: 'Marina Albuquerque' }), {
    notes: 'Prefere contato à tarde.',
  });
  for (const [queue, days, outcome] of [
    [billing, 40, 'resolved'],
    [visits, 110, 'resolved'],
    [support, 185, 'no_reply'],
  ] as const) {
    open(
      marina.contact,
      {
        status: 'closed',
        outcome,
        closedAt: minutesAgo(days * 1440),
        lastActivityAt: minutesAgo(days * 1440),
        customer: marina.customer,
        ...inQueue(queue),
        protocol: `202610${String(days).padStart(8, '0')}`,
      },
      [
        says('Bom dia! Podem me mandar a segunda via?', days * 1440 + 30),
        says('Bom dia, Marina! Segue a segunda via.', days * 1440 + 10, { ...byMe, status: 'read' }),
      ],
    );
  }
  const previous = [...desk.conversations.values()][0];

  const main = open(
    marina.contact,
    {
      ...mine,
      ...inQueue(billing),
      customer: marina.customer,
      protocol: '2026112000042',
      windowExpiresAt: inHours(1.21),
      unreadCount: 2,
      previousConversationId: previous?.id ?? null,
    },
    [
      says('Olá! Você está na *Conexão Litoral*. Para começar, escolha:\n1 Financeiro\n2 Suporte\n3 Outros', 34, {
        ...system,
        status: 'read',
      }),
      says('1', 33.7),
      (id) =>
        messageOf(
          id,
          { type: 'event', event: { name: 'protocol_assigned', number: '2026112000042' } },
          { ...told, createdAt: minutesAgo(33.5) },
        ),
      (id) =>
        messageOf(
          id,
          { type: 'event', event: { name: 'accepted', by: { id: ana.id, name: ana.name } } },
          { ...told, createdAt: minutesAgo(31) },
        ),
      says('Oi, boa tarde! Não recebi o boleto deste mês.', 30),
      says('Boa tarde, Marina! Já localizei aqui. Envio em seguida.', 28, { ...byMe, status: 'read' }),
      (id) =>
        messageOf(
          id,
          { type: 'document', attachment: boleto, caption: null },
          { ...byMe, status: 'read', createdAt: minutesAgo(26) },
        ),
      says('Recebi, obrigada!', 21),
      (id) =>
        messageOf(
          id,
          { type: 'image', attachment: modem, caption: 'E o modem está assim desde ontem' },
          { createdAt: minutesAgo(20) },
        ),
      says('Vi aqui: a luz vermelha indica falha no sinal. Acompanhe em https://status.exemplo.com.br/regiao/83', 12, {
        ...byMe,
        status: 'delivered',
      }),
      (id) => messageOf(id, { type: 'audio', attachment: voice, voice: true }, { createdAt: minutesAgo(4) }),
      says('Consegue me mandar a segunda via de outubro também?', 3),
    ],
  );

  const joao = customerFor(contactOf({ name: 'João Pedro Nunes', phone: '+5583988120011' }));
  const failed = open(
    joao.contact,
    { ...mine, ...inQueue(visits), customer: joao.customer, protocol: '2026112000039', windowExpiresAt: inHours(19) },
    [
      says('Pode ser amanhã às 9h?', 48),
      says('Pode sim. Confirma o endereço *Av. Cabo Branco, 1820*?', 44, { ...byMe, status: 'read' }),
      says('Isso mesmo', 43),
      says('O técnico leva o roteador novo.', 41, {
        ...byMe,
        status: 'failed',
        failure: {
          code: '131026',
          detail: 'Message undeliverable',
          reason: {
            'pt-BR': 'Este número não pode receber a mensagem: não tem WhatsApp, ou usa uma versão antiga.',
            en: 'This number cannot receive the message: it is not on WhatsApp, or uses an old version.',
            es: 'Este número no puede recibir el mensaje: no tiene WhatsApp o usa una versión antigua.',
          },
        },
      }),
      says('Perfeito, fica agendado então.', 38, { ...byMe, status: 'sent' }),
    ],
  );

  const phone = contactOf({ name: '+5583988120042', phone: '+5583988120042' });
  const unlinked = open(
    phone,
    { ...mine, ...inQueue(support), protocol: '2026112000051', windowExpiresAt: inHours(22) },
    [
      says('Boa tarde, minha internet caiu de novo', 96),
      (id) =>
        messageOf(
          id,
          { type: 'event', event: { name: 'accepted', by: { id: ana.id, name: ana.name } } },
          { ...told, createdAt: minutesAgo(94) },
        ),
      says('Boa tarde! Me diz o nome do titular, por favor?', 92, { ...byMe, status: 'read' }),
      (id) => messageOf(id, { type: 'audio', attachment: voice, voice: true }, { createdAt: minutesAgo(88) }),
    ],
  );

  const shop = customerFor(contactOf({ name: 'Loja Cacau Ltda.', phone: '+558332140090' }), {
    document: { kind: 'cnpj', value: '12ABC34501DE35' },
  });
  open(
    shop.contact,
    {
      ...mine,
      ...inQueue(sales),
      origin: 'webchat',
      customer: shop.customer,
      windowExpiresAt: null,
      protocol: '2026112000033',
    },
    [
      says('Qual o prazo para instalar na filial?', 130),
      says('Em até 5 dias úteis.', 122, { ...byMe, status: 'read' }),
    ],
  );

  const celia = customerFor(contactOf({ name: 'Célia Brandão', phone: '+5583991230077' }));
  const expired = open(
    celia.contact,
    { ...mine, ...inQueue(billing), customer: celia.customer, windowExpiresAt: inHours(-2), protocol: '2026111900027' },
    [
      says('Vou conferir e te respondo', 60 * 26),
      says('Tudo bem, Célia. Fico no aguardo.', 60 * 25.9, { ...byMe, status: 'read' }),
    ],
  );

  const waits: readonly (readonly [string, string, Queue, number])[] = [
    ['Padaria Santa Rita', 'Estamos sem sinal desde as 6h, a maquininha não passa', support, 14],
    ['Rafaela Moura', 'Oi! Quero mudar meu plano', sales, 6],
    ['Thiago Freitas', 'Bom dia', support, 3],
    ['+5583987650031', 'Comprovante', billing, 1],
  ];
  for (const [name, text, queue, ago] of waits) {
    open(
      contactOf({ name, phone: name.startsWith('+') ? name : '+5583998760011' }),
      { status: 'queued', ...inQueue(queue), waitingSince: minutesAgo(ago), protocol: '2026112000060' },
      [
        says(text, ago),
        (id) =>
          messageOf(
            id,
            { type: 'event', event: { name: 'queued', queue: { id: queue.id, name: queue.name } } },
            { ...told, createdAt: minutesAgo(ago) },
          ),
      ],
    );
  }
  for (const [name, text, agent, ago] of [
    ['Condomínio Atlântico', 'Segue a lista dos apartamentos', bruno, 9],
    ['Helena Prado', 'Obrigada pela ajuda!', carla, 52],
    ['Wesley Andrade', 'Pode cancelar a visita', diego, 71],
  ] as const) {
    open(
      contactOf({ name, phone: '+5583996540022' }),
      {
        status: 'active',
        assignee: { id: agent.id, name: agent.name },
        ...inQueue(support),
        unreadCount: ago < 10 ? 1 : 0,
      },
      [says(text, ago)],
    );
  }
  desk.templates = [
    templateOf(),
    templateOf({
      id: idOf('hsm'),
      name: 'retomar_conversa',
      components: [
        { type: 'HEADER', format: 'TEXT', text: 'Sobre o seu atendimento', examples: [] },
        { type: 'BODY', text: 'Olá, {{1}}. Podemos continuar a conversa sobre o protocolo {{2}}?', examples: [] },
        { type: 'FOOTER', text: 'Responda quando puder' },
        {
          type: 'BUTTONS',
          buttons: [
            { type: 'QUICK_REPLY', text: 'Sim, podemos' },
            { type: 'QUICK_REPLY', text: 'Já resolvi' },
          ],
        },
      ],
      variables: [
        { key: 'body.1', component: 'BODY', example: 'Célia' },
        { key: 'body.2', component: 'BODY', example: '2026111900027' },
      ],
    }),
    templateOf({
      id: idOf('hsm'),
      name: 'semana_do_cafe',
      category: 'MARKETING',
      components: [{ type: 'BODY', text: 'Esta semana, frete grátis em grãos acima de R$ 90.', examples: [] }],
      variables: [],
    }),
  ];
  for (const name of ['Mariana Albuquerque Lima', 'Mário Albuquerque']) {
    desk.addCustomer(customerOf({ name, id: idOf('cus'), document: { kind: 'cpf', value: '11144477735' } }));
  }
  return {
    desk,
    ids: { main: main.id, failed: failed.id, unlinked: unlinked.id, expired: expired.id },
  };
}
