/* eslint-disable @typescript-eslint/no-floating-promises -- chai-a11y-axe types every assertion as a promise */
import { expect } from '@open-wc/testing';
import { Desk } from '../testing/desk.ts';
import { disconnectAll, mountInbox, mountList, mountThread } from '../testing/mount.ts';
import { agentOf, contactOf, conversationOf, messageOf, minutesAgo } from '../testing/records.ts';

function longDesk(count: number): { desk: Desk; id: string } {
  const me = agentOf();
  const desk = new Desk(me);
  const contact = desk.addContact(contactOf());
  const conversation = conversationOf(contact, { status: 'active', assignee: { id: me.id, name: me.name } });
  const messages = Array.from({ length: count }, (_, i) =>
    messageOf(conversation.id, `Mensagem ${i}`, { createdAt: minutesAgo(count - i) }),
  );
  desk.addConversation(conversation, messages);
  return { desk, id: conversation.id };
}

describe('the thread of <prosa-inbox>', () => {
  afterEach(disconnectAll);

  it('tells that somebody else took the conversation, by name and calmly', async () => {
    const { desk, all, button, until, one, root } = await mountList();
    const row = all('.row')[0]!;
    const id = row.dataset['id']!;
    row.click();
    await until(() => root.querySelector('.log'));
    const other = { id: agentOf().id, name: 'Bruno Carvalho' };
    desk.conversations.set(id, { ...desk.conversation(id)!, status: 'active', assignee: other, version: 5 });
    button('Atender').click();
    await until(() => root.querySelector('.thread-notice'));
    expect(one('.thread-notice').classList.contains('danger')).to.equal(false);
    expect(one('.thread-notice').textContent).to.contain('Bruno Carvalho assumiu esta conversa antes.');
    await until(() => one('.reason').textContent.includes('Bruno Carvalho está atendendo'));
  });

  it('takes a waiting conversation, moves to Meus and is ready to write', async () => {
    const { all, button, until, one, root } = await mountList();
    all('.row')[0]!.click();
    await until(() => root.querySelector('.log'));
    button('Atender').click();
    await until(() => root.querySelector('.composer'));
    await until(() => one('[data-tab=mine]').getAttribute('aria-selected') === 'true');
    await until(() => root.activeElement?.matches('.composer textarea'));
    await until(() => one('.log').textContent.includes('Você assumiu'));
  });

  it('opens at the newest message, whatever its length, and stays there as more come', async () => {
    const { desk, id } = longDesk(300);
    const { one, until, open, gateway } = await mountInbox({ desk });
    await open(id);
    const log = () => one('.log');
    const distance = () => log().scrollHeight - log().scrollTop - log().clientHeight;
    await until(() => log().textContent.includes('Mensagem 299') && distance() < 2);
    expect(gateway.calls.filter(({ name }) => name === 'messages.list')).to.have.length(1);
    desk.add(messageOf(id, 'Mais uma'));
    await until(() => log().textContent.includes('Mais uma') && distance() < 2);
  });

  it('keeps its place when older messages come in front', async () => {
    const { desk, id } = longDesk(160);
    const { one, until, open, gateway, root } = await mountInbox({ desk });
    await open(id);
    await until(() => one('.log').textContent.includes('Mensagem 159'));
    const release = gateway.hold('messages.list');
    const log = one('.log');
    log.scrollTop = 0;
    await until(() => root.querySelector('.loading-older'));
    const row = () => [...root.querySelectorAll('.bubble')].find((one) => one.textContent.includes('Mensagem 112'));
    await until(row);
    const before = row()!.getBoundingClientRect().top;
    release();
    await until(() => !root.querySelector('.loading-older'));
    await until(() => log.scrollTop > 500);
    // But for the gap in front of what was the first message.
    expect(Math.abs(row()!.getBoundingClientRect().top - before)).to.be.lessThan(8);
  });

  it('keeps what is there when older messages cannot be had, and asks for them when told to', async () => {
    const { desk, id } = longDesk(160);
    const { one, until, open, gateway, root, button } = await mountInbox({ desk });
    await open(id);
    await until(() => one('.log').textContent.includes('Mensagem 159'));
    gateway.fail('messages.list', 'forbidden');
    one('.log').scrollTop = 0;
    await until(() => root.querySelector('.thread-area .page-problem'));
    expect(one('.page-problem').textContent).to.contain('Não foi possível carregar.');
    await expect(one('.thread-area')).to.be.accessible();
    button('Tentar de novo').click();
    await until(() => !root.querySelector('.page-problem'));
    await until(() => one('.log').textContent.includes('Mensagem 109') || one('.log').scrollTop > 500);
  });

  it('counts what comes while the reader is further up, and announces it', async () => {
    const { desk, id } = longDesk(120);
    const { one, until, open, root, inbox } = await mountInbox({ desk });
    await open(id);
    await until(() => one('.log').textContent.includes('Mensagem 119'));
    one('.log').scrollTop -= 900;
    await until(() => root.querySelector('.to-end'));
    desk.add(messageOf(id, 'Você ainda está aí?'));
    await until(() => one('.to-end').getAttribute('aria-label')?.includes('1 mensagem nova'));
    await until(() => one('[aria-live=polite].sr-only').textContent.includes('Você ainda está aí?'));
    one('.to-end').click();
    await until(() => !root.querySelector('.to-end'));
    expect(inbox.shadowRoot?.querySelector('.log')?.getAttribute('aria-live')).to.equal('off');
  });

  it('says why a message failed and sends it again', async () => {
    const { one, until, button, gateway } = await mountThread('failed');
    expect(one('.send-problem').textContent).to.contain('Este número não pode receber a mensagem');
    button('Tentar de novo').click();
    await until(() => gateway.calls.some(({ name }) => name === 'messages.resend'));
    await until(() => one('.send-problem').textContent.includes('Enviada de novo'));
  });

  it('keeps the words of Transferir and Finalizar while there is room', async () => {
    for (const [width, transfer, finish] of [
      [1280, true, true],
      [1100, false, true],
      [390, false, false],
    ] as const) {
      const { all } = await mountThread('main', { width });
      const shown = all('.actions .action-name').map((name) => name.offsetParent !== null);
      expect(shown, `${width}px`).to.deep.equal([transfer, finish]);
      disconnectAll();
    }
  });

  it('writes the time of a picture on the line of its caption, and leaves no bands around it', async () => {
    const { one, until, root } = await mountThread('main');
    await until(() => root.querySelector('.of-image img'));
    const caption = one('.of-image .caption').getClientRects();
    const last = [...caption].at(-1)!;
    const time = one('.of-image .meta').getBoundingClientRect();
    expect(Math.abs(last.bottom - time.bottom)).to.be.at.most(4);
    const frame = one('.of-image .media-frame').getBoundingClientRect();
    const picture = one('.of-image img').getBoundingClientRect();
    expect([picture.width, picture.height]).to.deep.equal([frame.width, frame.height]);
  });

  it('moves the ticks as the message moves on', async () => {
    const { desk, ids, one, until, all } = await mountThread('failed');
    const sent = desk.messages.get(ids['failed']!)!.at(-1)!;
    expect(all('.ticks').at(-1)?.getAttribute('aria-label')).to.equal('Enviada');
    desk.setStatus(sent, { status: 'read' });
    await until(() => all('.ticks').some((tick) => tick.matches('.read')));
    expect(one('.log').textContent).to.contain('Perfeito');
  });

  it('has no composer when the window is closed, and says what to do', async () => {
    const { one, root } = await mountThread('expired');
    expect(root.querySelector('.composer')).to.equal(null);
    expect(one('.reason').textContent).to.contain('A janela de 24 horas fechou.');
  });

  it('finishes with an outcome and tells the page', async () => {
    const { inbox, button, until, root, one, gateway } = await mountThread('main');
    let closed: string | null = null;
    inbox.addEventListener('prosa-conversation-closed', (event) => {
      closed = event.detail.conversation.outcome;
    });
    button('Finalizar').click();
    await until(() => root.querySelector('dialog[open]'));
    expect(root.querySelector('dialog[open] :checked')).to.equal(null);
    one('dialog[open] button[type=submit]').click();
    expect(one('dialog[open] .dialog-foot').textContent).to.contain('Escolha como terminou.');
    expect(one('dialog[open] button[type=submit]').getAttribute('aria-disabled')).to.equal('true');
    one('dialog[open] input[value=unresolved], dialog[open] label:nth-of-type(2) input').click();
    await inbox.updateComplete;
    one('dialog[open] button[type=submit]').click();
    await until(() => closed);
    expect(closed).to.equal('unresolved');
    await until(() => /Finalizado às \d\d:\d\d\. Se o cliente escrever de novo/.test(one('.reason').textContent));
    expect(gateway.calls.at(-1)).to.not.equal(undefined);
  });

  it('transfers to a person found without accents', async () => {
    const { button, until, root, one, all, gateway } = await mountThread('main');
    const opener = button('Transferir');
    opener.click();
    await until(() => root.querySelector('dialog[open] input[type=radio]'));
    const search = one<HTMLInputElement>('dialog[open] input[type=search]');
    expect(root.activeElement).to.equal(search);
    search.value = 'carla';
    search.dispatchEvent(new Event('input'));
    await until(() => all('dialog[open] input[type=radio]').length === 1);
    one('dialog[open] input[type=radio]').click();
    one('dialog[open] button[type=submit]').click();
    await until(() => one('.log').textContent.includes('Você transferiu para Carla Menezes'));
    const call = gateway.calls.find(({ name }) => name === 'conversations.transfer');
    expect(call?.body).to.have.nested.property('to.agentId');
    expect(one('.reason').textContent).to.contain('Carla Menezes está atendendo');
  });

  it('gives the focus back when a dialog closes', async () => {
    const { button, until, root, one } = await mountThread('main');
    const opener = button('Finalizar');
    opener.click();
    await until(() => root.querySelector('dialog[open]'));
    one('dialog[open] .dialog-head .icon-button').click();
    await until(() => !root.querySelector('dialog[open]'));
    expect(root.activeElement).to.equal(opener);
  });

  it('shows the conversation before, and the way back', async () => {
    const { until, one, root, button, ids, inbox } = await mountThread('main');
    one('.log').scrollTop = 0;
    await until(() => root.querySelector('.log-top .button'));
    button('Ver atendimento anterior').click();
    await until(() => root.querySelector('.return-bar'));
    await until(() => root.querySelector('.log')?.textContent.includes('segunda via'));
    button('Voltar ao atual').click();
    await until(() => !root.querySelector('.return-bar'));
    expect(inbox.conversationId).to.equal(ids['main']);
  });

  it('goes back to the list in one pane', async () => {
    const { one, button, until } = await mountThread('main', { width: 360 });
    expect(one('.list-pane').offsetParent).to.equal(null);
    button('Voltar para a lista').click();
    await until(() => one('.list-pane').offsetParent !== null);
    expect(one('.thread-pane').offsetParent).to.equal(null);
  });
});
