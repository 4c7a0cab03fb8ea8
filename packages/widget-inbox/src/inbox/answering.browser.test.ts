/* eslint-disable @typescript-eslint/no-floating-promises -- chai's assertions are no promises */
import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { Conversation, Message } from '@prosa/core/contract';
import { Desk } from '../testing/desk.ts';
import { disconnectAll, mountInbox, still } from '../testing/mount.ts';
import { agentOf, contactOf, conversationOf, idOf, messageOf, minutesAgo } from '../testing/records.ts';

const total = 260;

/** A long conversation, whose last message answers the first. */
function longDesk(change: Partial<Conversation> = {}) {
  const me = agentOf();
  const desk = new Desk(me);
  const conversation = conversationOf(desk.addContact(contactOf()), {
    status: 'active',
    assignee: { id: me.id, name: me.name },
    ...change,
  });
  const { id } = conversation;
  const messages: Message[] = Array.from({ length: total }, (_, i) =>
    messageOf(id, `Mensagem ${i + 1}`, { createdAt: minutesAgo(total - i) }),
  );
  const quote = (messageId: string, text: string) =>
    ({ messageId, direction: 'inbound', authorName: null, type: 'text', text }) as const;
  messages.push(
    messageOf(id, 'Sobre a de antes', { createdAt: minutesAgo(0), replyTo: quote(idOf('msg'), 'De outro dia') }),
    messageOf(id, 'Sobre a primeira', { createdAt: minutesAgo(0), replyTo: quote(messages[0]!.id, 'Mensagem 1') }),
  );
  desk.addConversation(conversation, messages);
  return { desk, id };
}

async function mountLong(change: Partial<Conversation> = {}) {
  const { desk, id } = longDesk(change);
  const mounted = await mountInbox({ desk });
  await mounted.open(id);
  await mounted.until(() => mounted.root.querySelector('.quoted'));
  const last = () => mounted.all('.log .message').at(-1)!;
  return { ...mounted, id, last };
}

const sent = (
  { calls }: { readonly calls: readonly { readonly name: string; readonly body: unknown }[] },
  name: string,
) => calls.filter((call) => call.name === name).map(({ body }) => body);

describe('what an agent does with a message', () => {
  afterEach(disconnectAll);

  it('shows a quoted message where it stands, also one that is not loaded yet', async () => {
    const { last, until, root } = await mountLong();
    last().querySelector<HTMLButtonElement>('button.quoted')!.click();
    await until(() => root.activeElement?.classList.contains('found'), 'nothing was marked');
    const row = root.activeElement!;
    expect(row.textContent).to.contain('Mensagem 1');
    const { top, bottom } = row.getBoundingClientRect();
    const pane = root.querySelector('.log')!.getBoundingClientRect();
    expect(top).to.be.at.least(pane.top);
    expect(bottom).to.be.at.most(pane.bottom);
  });

  it('says that a quoted message is not in this conversation', async () => {
    const { all, until, root } = await mountLong();
    all('button.quoted')[0]!.click();
    await until(() => root.querySelector('.thread-notice')?.textContent.includes('atendimento anterior'));
  });

  it('quotes a message in an answer, and not in the next one', async () => {
    const { last, until, root, gateway, desk, id } = await mountLong();
    const wanted = desk.messages.get(id)!.at(-1)!;
    last().querySelector<HTMLButtonElement>('[aria-label=Responder]')!.click();
    await until(() => root.querySelector('.reply-bar')?.textContent.includes('Respondendo a Marina Albuquerque'));
    expect(root.activeElement?.localName).to.equal('textarea');
    await sendKeys({ type: 'Certo' });
    await sendKeys({ press: 'Enter' });
    await until(() => last().querySelector('.quoted')?.textContent.includes('Sobre a primeira'), 'it has no quote');
    expect(root.querySelectorAll('.reply-bar')).to.have.length(0);
    await sendKeys({ type: 'Mais uma coisa' });
    await sendKeys({ press: 'Enter' });
    await until(() => sent(gateway, 'messages.send').length === 2);
    const [first, second] = sent(gateway, 'messages.send') as readonly { readonly replyTo?: string }[];
    expect(first!.replyTo).to.equal(wanted.id);
    expect(second!.replyTo).to.equal(undefined);
  });

  it('forgets the quote with Escape, and keeps the text', async () => {
    const { last, until, root, one } = await mountLong();
    last().querySelector<HTMLButtonElement>('[aria-label=Responder]')!.click();
    await until(() => root.querySelector('.reply-bar'));
    await sendKeys({ type: 'Olá' });
    await sendKeys({ press: 'Escape' });
    await until(() => !root.querySelector('.reply-bar'));
    expect(one<HTMLTextAreaElement>('.composer textarea').value).to.equal('Olá');
  });

  it('reacts by the keyboard alone, and takes the reaction back', async () => {
    const { inbox, last, until, root, one, gateway } = await mountLong();
    expect(root.querySelectorAll('.message-actions [tabindex="0"]')).to.have.length(1);
    one('.log').focus();
    const focused = () => root.activeElement?.getAttribute('aria-label');
    for (let i = 0; i < 12 && focused() !== 'Responder'; i++) await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'ArrowUp' });
    expect(root.activeElement!.closest('.message')!.textContent).to.contain('Sobre a de antes');
    await sendKeys({ press: 'ArrowDown' });
    expect(root.activeElement!.closest('.message')!.textContent).to.contain('Sobre a primeira');
    await sendKeys({ press: 'ArrowRight' });
    expect(focused()).to.equal('Reagir');
    await sendKeys({ press: 'Enter' });
    await until(() => root.querySelector('.reaction-picker:popover-open'));
    await still(root);
    await expect(inbox).to.be.accessible();
    await sendKeys({ press: 'ArrowRight' });
    expect(focused()).to.equal('coração');
    await sendKeys({ press: 'Enter' });
    await until(() => last().querySelector('.reaction')?.textContent.includes('Você reagiu com ❤️'));
    await until(() => !root.querySelector('.reaction-picker'));
    expect(focused()).to.equal('Reagir');
    await sendKeys({ press: 'Enter' });
    await until(() => focused() === 'Retirar coração');
    await sendKeys({ press: 'Enter' });
    await until(() => !last().querySelector('.reaction'));
    expect(sent(gateway, 'messages.react')).to.deep.equal([{ emoji: '❤️' }, { emoji: null }]);
  });

  it("is reached first at the customer's newest message, also after one of ours", async () => {
    const { desk, id, root, last, until, one, gateway } = await mountLong();
    const textarea = one<HTMLTextAreaElement>('.composer textarea');
    textarea.focus();
    await sendKeys({ type: 'Já vejo isso' });
    await sendKeys({ press: 'Enter' });
    await until(() => sent(gateway, 'messages.send').length === 1 && last().textContent.includes('Já vejo isso'));
    await until(() => last().querySelector('.message-actions'));
    const stops = () => [...root.querySelectorAll('.message-actions [tabindex="0"]')];
    await until(() => stops()[0]?.closest('.message')?.textContent.includes('Sobre a primeira'));

    desk.add(messageOf(id, 'E o prazo?', { createdAt: new Date().toISOString() }));
    await until(() => stops()[0]?.closest('.message')?.textContent.includes('E o prazo?'));
    expect(stops()).to.have.length(1);
  });

  it('closes the emojis with Escape, back where it was', async () => {
    const { last, until, root } = await mountLong();
    const opener = last().querySelector<HTMLButtonElement>('[aria-label=Reagir]')!;
    opener.focus();
    opener.click();
    await until(() => root.querySelector('.reaction-picker:popover-open'));
    await sendKeys({ press: 'Escape' });
    await until(() => !root.querySelector('.reaction-picker'));
    expect(root.activeElement === opener).to.equal(true);
  });

  it('says why a reaction is not possible any more', async () => {
    const { last, until, root, gateway } = await mountLong();
    gateway.fail('messages.react', 'message_not_reactable');
    last().querySelector<HTMLButtonElement>('[aria-label=Reagir]')!.click();
    await until(() => root.querySelector('.reaction-picker:popover-open'));
    root.querySelector<HTMLButtonElement>('.reaction-picker button')!.click();
    await until(() => root.querySelector('.thread-notice')?.textContent.includes('Não dá mais para reagir'));
  });

  it('is offered only where it is possible', async () => {
    const minute = 60_000;
    for (const change of [
      { origin: 'webchat' },
      { assignee: { id: 'agt_other', name: 'Bruno' } },
      { status: 'closed', closedAt: minutesAgo(1) },
      { windowExpiresAt: new Date(Date.now() - minute).toISOString() },
    ] as const) {
      const { root } = await mountLong(change);
      expect(root.querySelectorAll('.message-actions').length, JSON.stringify(change)).to.equal(0);
    }
  });

  it('keeps what is answered for each conversation', async () => {
    const { desk, id } = longDesk();
    const other = desk.addConversation(
      conversationOf(desk.addContact(contactOf({ name: 'Davi' })), {
        status: 'active',
        assignee: { id: desk.me.id, name: desk.me.name },
      }),
    );
    desk.add(messageOf(other.id, 'Oi'));
    const { open, until, root } = await mountInbox({ desk });
    await open(id);
    const last = () =>
      [...root.querySelectorAll('.log .message')].find((row) => row.textContent.includes('a primeira'));
    await until(() => last()?.querySelector('.message-actions'));
    last()!.querySelector<HTMLButtonElement>('[aria-label=Responder]')!.click();
    await until(() => root.querySelector('.reply-bar'));
    await open(other.id);
    await until(() => !root.querySelector('.reply-bar'));
    await open(id);
    await until(() => root.querySelector('.reply-bar')?.textContent.includes('Sobre a primeira'));
  });
});
