/* eslint-disable @typescript-eslint/no-floating-promises -- chai's assertions are no promises */
import { expect } from '@open-wc/testing';
import type { Message, MessageContent } from '@prosa/core/contract';
import { Desk } from '../testing/desk.ts';
import { everyKind } from '../testing/every-kind.ts';
import { disconnectAll, mountInbox, still, type MountOptions } from '../testing/mount.ts';
import { agentOf, attachmentOf, contactOf, conversationOf, idOf, messageOf, minutesAgo } from '../testing/records.ts';

async function mountKinds(options: MountOptions = {}) {
  const kinds = await everyKind();
  const mounted = await mountInbox({ height: 7000, ...options, desk: kinds.desk });
  await mounted.open(kinds.conversationId);
  await mounted.until(() => mounted.root.querySelector('.info-card') && mounted.root.querySelector('.cards img'));
  /** The text of the row of a message, as it is read. */
  const row = (text: string) => {
    const found = mounted.all('.message, .event-line').find((one) => one.textContent.includes(text));
    if (!found) throw new Error(`there is no row with "${text}"`);
    return found;
  };
  const read = (text: string) => row(text).textContent.replace(/\s+/g, ' ');
  return { ...mounted, kinds, row, read };
}

/** A conversation of mine with these messages. */
function deskWith(...lines: readonly (MessageContent | [MessageContent, Partial<Message>])[]) {
  const me = agentOf();
  const desk = new Desk(me);
  const conversation = conversationOf(desk.addContact(contactOf()), {
    status: 'active',
    assignee: { id: me.id, name: me.name },
  });
  const messages = lines.map((line) =>
    'type' in line ? messageOf(conversation.id, line) : messageOf(conversation.id, ...line),
  );
  desk.addConversation(conversation, messages);
  return { desk, id: conversation.id };
}

describe('every kind of message in <prosa-inbox>', () => {
  afterEach(disconnectAll);

  it('is drawn', async () => {
    const { row, read, root } = await mountKinds();
    const map = row('Padaria Sol').querySelector<HTMLAnchorElement>('.info-card')!;
    expect(map.href).to.equal('https://www.google.com/maps/search/?api=1&query=-7.1195%2C-34.845');
    expect(map.rel).to.contain('noopener');
    expect(read('Padaria Sol'))
      .to.contain('Rua das Acácias, 120')
      .and.to.contain('padaria.exemplo.com.br/lojas/tambau');
    expect(read('-7.11950, -34.84500')).to.contain('Localização');
    expect(read('Otávio Lins')).to.contain('+55 83 9 9147-0036').and.to.contain('+55 83 3241-0099');
    expect(row('Otávio Lins').querySelector('a')!.href).to.equal('tel:+5583991470036');
    expect(read('Célia Prado')).to.contain('Mostrar mais 2');
    expect(read('Roteador Wi-Fi 6')).to.match(/4 itens.*R\$\s349,90.*3×.*R\$\s85,50.*Total\s?R\$\s435,40/);
    expect(read('Agendar visita')).to.match(/Nome completo\s*Marina Albuquerque\s*Periodo\s*Tarde/);
    expect(read('Qual período')).to.match(/Visita técnica.*Das 8h às 18h\s*Manhã\s*Tarde/);
    expect(read('Ver assuntos')).to.match(/Financeiro\s*Suporte técnico\s*Mudança de endereço/);
    expect(row('Ver boleto').querySelector<HTMLAnchorElement>('.web-link')!.href).to.equal(
      'https://boletos.exemplo.com.br/b/8812',
    );
    expect(read('Onde está o roteador?')).to.contain('Pede a localização');
    expect(row('Planos para a sua rua').querySelectorAll('.card img')).to.have.length(3);
    expect(read('Olá, Marina')).to.match(/Oferta: Vale até 28\/11.*Responda PARAR.*Quero saber mais\s*Agora não/);
    expect(read('enquete')).to.contain('Esta mensagem não aparece aqui (enquete). Peça ao cliente');
    expect(root.querySelector('.of-sticker img')!.getAttribute('alt')).to.equal('Figurinha');
    expect(getComputedStyle(root.querySelector('.of-sticker > .bubble')!).backgroundColor).to.equal('rgba(0, 0, 0, 0)');
  });

  it('has its marks: forwarded, edited, deleted, quoted, from the phone, from an advertisement', async () => {
    const { row, read } = await mountKinds();
    expect(read('Promoção válida')).to.contain('Encaminhada muitas vezes');
    expect(read('Às 14h está ótimo')).to.contain('editada');
    expect(read('termina em 4410')).to.contain('O cliente apagou esta mensagem');
    expect(read('respondi aqui do celular')).to.contain('Pelo celular');
    expect(read('E sobre aquele boleto')).to.contain('Mensagem que não está nesta conversa');
    expect(row('Às 14h está ótimo').querySelector('.quoted')!.textContent).to.contain('Você');
    expect(read('Ainda tem vaga para instalar amanhã?')).to.match(/Veio de um anúncio Fibra de 500 mega/);
    expect(row('Às 14h está ótimo').querySelector('.reaction')!.textContent).to.match(
      /👍 2.*Você reagiu com 👍, Marina Albuquerque reagiu com 👍/s,
    );
  });

  it('shows a reaction and how many gave it, in full', async () => {
    const { all } = await mountKinds();
    const reactions = all('.reaction');
    expect(reactions).to.have.length(2);
    for (const reaction of reactions) expect(reaction.scrollWidth).to.equal(reaction.clientWidth);
  });

  it('tells what happened to the number, and why something did not arrive', async () => {
    const { read } = await mountKinds();
    expect(read('O número do cliente mudou')).to.contain('+55 83 9 9147-0036');
    expect(read('instalado de novo')).to.contain('confirme com quem você fala');
    expect(read('não quer mais')).to.contain('mensagens de marketing');
    expect(read('Segue o boleto')).to.contain('A janela de 24 horas já estava fechada.');
    expect(read('Não funcionou')).to.contain('A reação não chegou ao cliente. O WhatsApp respondeu: Parameter value');
  });

  it('is told in the language of the page', async () => {
    const { read, until, root } = await mountKinds({ lang: 'en' });
    await until(() => root.textContent.includes('Came from an ad'));
    expect(read('Segue o boleto')).to.contain('The 24-hour window was already closed.');
    expect(read('Padaria Sol')).to.contain('Open the map');
    expect(read('number changed')).to.contain("The customer's number changed to");
  });

  for (const [name, options] of [
    ['light', { theme: 'light' }],
    ['dark', { theme: 'dark' }],
    ['light and narrow', { theme: 'light', width: 360 }],
    ['dark and narrow', { theme: 'dark', width: 360 }],
  ] as const) {
    it(`is accessible and within its pane, ${name}`, async () => {
      const { inbox, root, all, one } = await mountKinds(options);
      await still(root);
      await expect(inbox).to.be.accessible();
      const pane = one('.log').getBoundingClientRect();
      for (const bubble of all('.bubble')) {
        const { left, right } = bubble.getBoundingClientRect();
        expect(left).to.be.at.least(pane.left);
        expect(right).to.be.at.most(pane.right);
        for (const part of bubble.querySelectorAll('*:not(.message-actions, .message-actions *, .cards *, .sr-only)')) {
          expect(part.getBoundingClientRect().right, part.outerHTML).to.be.at.most(right + 1);
        }
      }
    });
  }

  it('asks no other server for anything', async () => {
    const { all } = await mountKinds();
    const sources = all('img, video, iframe, source').map((element) => element.getAttribute('src') ?? '');
    expect(sources.length).to.be.greaterThan(0);
    for (const source of sources) expect(source).to.match(/^blob:/);
  });
});

const hostile = [
  '<img src=x onerror="window.__ran = 1">',
  '\u202etxt.exe',
  'a'.repeat(400),
  '"><script>window.__ran=1</script>',
];

describe('hostile content of every kind', () => {
  afterEach(disconnectAll);

  for (const text of hostile) {
    it(`shows as it was written: ${text.slice(0, 24)}`, async () => {
      const buttons = [{ type: 'OTHER', text } as const];
      const cards = [{ text, buttons }];
      const document = attachmentOf({ kind: 'document', fileName: text });
      const { desk, id } = deskWith(
        { type: 'location', latitude: 0, longitude: 0, name: text, address: text, url: text },
        {
          type: 'contacts',
          contacts: [{ name: text, organization: text, phones: [{ phone: text, kind: text }], emails: [text] }],
        },
        {
          type: 'order',
          text,
          catalogId: text,
          items: [
            { productId: text, quantity: 1e9, unitPrice: 1e15, currency: text },
            { productId: text, quantity: 0, unitPrice: null, currency: null },
          ],
        },
        { type: 'form', name: text, text, fields: [{ name: text, value: text }] },
        {
          type: 'interactive',
          kind: 'list',
          header: text,
          text,
          footer: text,
          listLabel: text,
          options: [{ id: text, title: text }],
          link: { label: text, url: text },
          cards,
        },
        {
          type: 'template',
          templateId: idOf('hsm'),
          name: text,
          language: text,
          header: text,
          attachment: document,
          text,
          footer: text,
          offer: text,
          location: { latitude: 0, longitude: 0, name: text, address: text },
          buttons,
          cards,
        },
        { type: 'unsupported', originalType: text },
        [
          { type: 'text', text },
          {
            replyTo: { messageId: idOf('msg'), direction: 'inbound', authorName: text, type: text, text },
            reactions: [{ emoji: text, by: { kind: 'customer', name: text }, at: minutesAgo(1) }],
            referral: {
              sourceType: text,
              sourceId: text,
              sourceUrl: text,
              headline: text,
              body: text,
              mediaUrl: text,
              clickId: text,
            },
            failure: { code: text, detail: text },
          },
        ],
      );
      const { open, until, root, all, one } = await mountInbox({ desk, height: 6000, width: 380 });
      await open(id);
      await until(() => root.querySelector('.info-card') && root.querySelector('.reaction'));
      expect(root.querySelectorAll('script, [onerror], .log img[src="x"], a[href^="javascript" i]').length).to.equal(0);
      const pane = one('.log').getBoundingClientRect();
      for (const part of all('.bubble, .reaction, .send-problem')) {
        expect(part.getBoundingClientRect().right, part.className).to.be.at.most(pane.right + 1);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect((window as { __ran?: number }).__ran).to.equal(undefined);
    });
  }

  it('links only to the web', async () => {
    for (const url of [
      'javascript:alert(1)',
      'data:text/html,x',
      'https://a:b@exemplo.com.br',
      'mailto:a@b.c',
      'nada',
    ]) {
      const { desk, id } = deskWith(
        { type: 'location', latitude: 0, longitude: 0, name: 'Aqui', address: null, url },
        {
          type: 'interactive',
          kind: 'link',
          text: 'Veja',
          listLabel: null,
          options: [],
          link: { label: 'Abrir', url },
        },
        [
          { type: 'text', text: 'Oi' },
          {
            referral: {
              sourceType: 'ad',
              sourceId: null,
              sourceUrl: url,
              headline: null,
              body: null,
              mediaUrl: null,
              clickId: null,
            },
          },
        ],
      );
      const { open, until, root, all } = await mountInbox({ desk });
      await open(id);
      await until(() => root.querySelector('.referral'));
      const links = all('.log a').map((link) => (link as HTMLAnchorElement).href);
      expect(links, url).to.deep.equal(['https://www.google.com/maps/search/?api=1&query=0%2C0']);
    }
  });
});
