/* eslint-disable @typescript-eslint/no-floating-promises -- chai-a11y-axe types every assertion as a promise */
import { expect } from '@open-wc/testing';
import { disconnectAll, mountThread, type Mounted } from '../testing/mount.ts';
import { messageOf } from '../testing/records.ts';

function write({ one }: Mounted, text: string): HTMLTextAreaElement {
  const textarea = one<HTMLTextAreaElement>('.composer textarea');
  textarea.value = text;
  textarea.dispatchEvent(new Event('input'));
  return textarea;
}

function press(target: HTMLElement, init: KeyboardEventInit): boolean {
  return target.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init }));
}

function choose({ one }: Mounted, files: readonly File[]): void {
  const transfer = new DataTransfer();
  for (const file of files) transfer.items.add(file);
  const input = one<HTMLInputElement>('input[type=file]');
  input.files = transfer.files;
  input.dispatchEvent(new Event('change'));
}

const sent = ({ gateway }: Mounted) => gateway.calls.filter(({ name }) => name === 'messages.send');

describe('writing in <prosa-inbox>', () => {
  afterEach(disconnectAll);

  it('lets the page stop a message, and keeps the draft', async () => {
    const mounted = await mountThread('main');
    mounted.inbox.addEventListener('prosa-before-send', (event) => {
      event.preventDefault();
    });
    const textarea = write(mounted, 'Não deve sair');
    press(textarea, { key: 'Enter' });
    await mounted.inbox.updateComplete;
    expect(textarea.value).to.equal('Não deve sair');
    expect(sent(mounted)).to.have.length(0);
  });

  it('shows what is sent at once, and keeps it while there is no connection', async () => {
    const mounted = await mountThread('main');
    const release = mounted.gateway.hold('messages.send');
    press(write(mounted, 'Segue em instantes'), { key: 'Enter' });
    await mounted.until(() => mounted.root.querySelector('.message.pending'));
    expect(mounted.one('.message.pending .ticks').getAttribute('aria-label')).to.equal('Enviando');
    expect(mounted.one<HTMLTextAreaElement>('.composer textarea').value).to.equal('');
    release();
    await mounted.until(() => !mounted.root.querySelector('.message.pending'));
    expect(mounted.one('.log').textContent).to.contain('Segue em instantes');
    expect(sent(mounted)).to.have.length(1);
  });

  it('tells why a message was refused, tries again and discards', async () => {
    const mounted = await mountThread('main');
    mounted.gateway.fail('messages.send', 'window_closed', {}, 2);
    press(write(mounted, 'Tarde demais'), { key: 'Enter' });
    await mounted.until(() => mounted.root.querySelector('.pending .send-problem'));
    expect(mounted.one('.pending .send-problem').textContent).to.contain('A janela de 24 horas fechou.');
    mounted.button('Descartar').click();
    await mounted.until(() => !mounted.root.querySelector('.message.pending'));
  });

  it('offers a template for a message that the window kept back, and keeps the message meanwhile', async () => {
    const mounted = await mountThread('main');
    mounted.gateway.fail('messages.send', 'window_closed', {}, 2);
    press(write(mounted, 'Tarde demais'), { key: 'Enter' });
    await mounted.until(() => mounted.root.querySelector('.pending .send-problem'));
    const offered = mounted.all('.pending .send-problem button').map((button) => button.textContent.trim());
    expect(offered).to.deep.equal(['Enviar modelo', 'Descartar']);
    await expect(mounted.inbox).to.be.accessible();
    mounted.one('.pending .send-problem button').click();
    await mounted.until(() => mounted.root.querySelector('.template-choice'));
    expect(mounted.one('.message.pending').textContent).to.contain('Tarde demais');
  });

  it('shows the reason in full, at the end of the thread', async () => {
    const mounted = await mountThread('main', { width: 380 });
    for (let i = 1; i <= 5; i++) {
      mounted.gateway.fail('messages.send', 'conversation_not_yours');
      press(write(mounted, `Segue a via ${i}`), { key: 'Enter' });
      await mounted.until(() => mounted.all('.pending .send-problem').length === i);
      const log = mounted.one('.log');
      await mounted.until(() => log.scrollHeight - log.clientHeight - log.scrollTop <= 1, `message ${i} is cut off`);
    }
  });

  it('gives back the text of a message that has to be written differently', async () => {
    const mounted = await mountThread('main');
    mounted.gateway.fail('messages.send', 'validation_failed');
    press(write(mounted, 'Segue a *segunda via*'), { key: 'Enter' });
    await mounted.until(() => mounted.root.querySelector('.pending .send-problem'));
    const textarea = write(mounted, 'E outra coisa');
    mounted.button('Editar').click();
    await mounted.until(() => textarea.value === 'Segue a *segunda via*\nE outra coisa');
    await mounted.until(() => !mounted.root.querySelector('.message.pending'));
    expect(mounted.root.activeElement === textarea, 'the focus is in the field').to.equal(true);
    press(textarea, { key: 'Enter' });
    await mounted.until(() => mounted.one('.log').textContent.includes('E outra coisa'));
    await mounted.until(() => !mounted.root.querySelector('.message.pending'));
  });

  it('breaks the line with Shift+Enter and leaves an input method alone', async () => {
    const mounted = await mountThread('main');
    const textarea = write(mounted, 'Olá');
    expect(press(textarea, { key: 'Enter', shiftKey: true })).to.equal(true);
    expect(press(textarea, { key: 'Enter', isComposing: true })).to.equal(true);
    expect(sent(mounted)).to.have.length(0);
  });

  it('keeps a draft for each conversation', async () => {
    const mounted = await mountThread('main');
    write(mounted, 'Rascunho da Marina');
    await mounted.open(mounted.ids['failed']);
    await mounted.until(() => mounted.one('.who-name').textContent.includes('João'));
    expect(mounted.one<HTMLTextAreaElement>('.composer textarea').value).to.equal('');
    await mounted.open(mounted.ids['main']);
    await mounted.until(() => mounted.one('.who-name').textContent.includes('Marina'));
    expect(mounted.one<HTMLTextAreaElement>('.composer textarea').value).to.equal('Rascunho da Marina');
  });

  it('says clearly that a file is refused, and sends the others with the text as caption', async () => {
    const mounted = await mountThread('main');
    choose(mounted, [
      new File(['%PDF'], 'boleto.pdf', { type: 'application/pdf' }),
      new File(['MZ'], 'jogo.exe', { type: 'application/x-msdownload' }),
    ]);
    await mounted.until(() => mounted.root.querySelector('.upload.failed'));
    expect(mounted.one('.upload.failed').textContent).to.contain('Este tipo de arquivo não pode ser enviado.');
    expect(mounted.all('.upload.failed button'), 'what is refused would be refused again').to.have.length(1);
    expect(mounted.one('.composer .composer-hint').textContent).to.equal('Remova o arquivo para enviar');
    expect(mounted.one('.send').getAttribute('aria-disabled')).to.equal('true');
    mounted.button('Remover jogo.exe').click();
    await mounted.until(() => mounted.root.querySelectorAll('.upload.ready').length === 1);
    press(write(mounted, 'Segue o boleto'), { key: 'Enter' });
    await mounted.until(() => sent(mounted).length === 1);
    expect(sent(mounted)[0]?.body).to.include({ type: 'document', caption: 'Segue o boleto' });
    await mounted.until(() => mounted.one('.log').textContent.includes('boleto.pdf'));
  });

  it('refuses what is empty or too large before a byte of it leaves, and says what the most is', async () => {
    const mounted = await mountThread('main');
    choose(mounted, [
      new File([], 'vazio.pdf', { type: 'application/pdf' }),
      new File([new Uint8Array(6 * 1024 * 1024)], 'foto.png', { type: 'image/png' }),
    ]);
    await mounted.until(() => mounted.all('.upload.failed').length === 2);
    const [blank, large] = mounted.all('.upload.failed');
    expect(blank?.textContent).to.contain('O arquivo está vazio.');
    expect(large?.textContent).to.contain('Arquivo grande demais: o máximo é 5,2 MB.');
    expect(mounted.one('.composer .composer-hint').textContent).to.equal('Remova os arquivos recusados para enviar');
    expect(mounted.gateway.calls.filter(({ name }) => name === 'attachments.upload')).to.have.length(0);
  });

  it('offers to try a file again that the gateway did not take, and sends it then', async () => {
    const mounted = await mountThread('main');
    mounted.gateway.fail('attachments.upload', 'attachment_not_ready');
    choose(mounted, [new File(['%PDF'], 'boleto.pdf', { type: 'application/pdf' })]);
    await mounted.until(() => mounted.button('Tentar boleto.pdf de novo'));
    expect(mounted.one('.composer .composer-hint').textContent).to.equal(
      'Remova ou tente de novo os arquivos que falharam',
    );
    mounted.button('Tentar boleto.pdf de novo').click();
    await mounted.until(() => mounted.root.querySelector('.upload.ready'));
    mounted.one('.send').click();
    await mounted.until(() => sent(mounted).length === 1);
    expect(sent(mounted)[0]?.body).to.include({ type: 'document' });
  });

  it('fills placeholders in, and names those that nobody knows a value for', async () => {
    const mounted = await mountThread('main');
    const { protocol } = mounted.desk.conversation(mounted.ids['main'] ?? '') ?? {};
    write(mounted, 'Sobre {assunto}, protocolo {protocolo}');
    await mounted.until(() => mounted.one('.composer-hint').textContent === 'Sem valor para {assunto}');
    expect(mounted.one('.send').getAttribute('aria-disabled')).to.equal('true');
    press(write(mounted, 'Protocolo {protocolo}'), { key: 'Enter' });
    await mounted.until(() => sent(mounted).length === 1);
    expect(sent(mounted)[0]?.body).to.include({ text: `Protocolo ${protocol}` });
  });

  it('says that it is offline, how many messages wait, and sends them once when it is back', async () => {
    const mounted = await mountThread('main');
    mounted.gateway.goOffline();
    window.dispatchEvent(new Event('offline'));
    press(write(mounted, 'Primeira'), { key: 'Enter' });
    press(write(mounted, 'Segunda'), { key: 'Enter' });
    await mounted.until(() => mounted.root.querySelectorAll('.message.pending').length === 2);
    await mounted.until(() => mounted.root.querySelector('.connection.bad, .connection.waiting'));
    mounted.gateway.goOnline();
    window.dispatchEvent(new Event('online'));
    mounted.client.connection.retry();
    await mounted.until(() => sent(mounted).length === 2 && !mounted.root.querySelector('.message.pending'));
    expect(sent(mounted).map(({ body }) => (body as { text: string }).text)).to.deep.equal(['Primeira', 'Segunda']);
  });

  it('follows to the end after it was away, and the messages that came meanwhile are read', async function () {
    const mounted = await mountThread('main');
    const id = mounted.ids['main']!;
    const log = () => mounted.one('.log');
    const isAtEnd = () => log().scrollHeight - log().scrollTop - log().clientHeight < 2;
    await mounted.until(isAtEnd);
    mounted.gateway.goOffline();
    window.dispatchEvent(new Event('offline'));
    await mounted.until(() => mounted.root.querySelector('.connection.bad'));
    press(write(mounted, 'Escrita sem conexão'), { key: 'Enter' });
    await mounted.until(() => mounted.root.querySelector('.message.pending'));
    for (let i = 0; i < 12; i++)
      mounted.desk.add(
        messageOf(id, `Enquanto isso, ${i} ${'e mais uma linha comprida de texto '.repeat((i % 4) * 3)}`),
      );
    mounted.gateway.goOnline();
    window.dispatchEvent(new Event('online'));
    mounted.client.connection.retry();
    await mounted.until(() => sent(mounted).length === 1 && !mounted.root.querySelector('.message.pending'));
    await mounted.until(() => log().textContent.includes('Enquanto isso, 11'), 'what came is not there');
    await mounted.until(isAtEnd, 'it does not follow');
    expect(mounted.root.querySelector('.to-end')).to.equal(null);
    if (!document.hasFocus()) this.skip();
    await mounted.until(() => mounted.desk.conversation(id)?.unreadCount === 0, 'they stay unread');
    await mounted.until(() => !mounted.root.querySelector(`#row-${id} .count`), 'the badge stays');
  });

  it('clears the unread count once the assignee sees the messages', async function () {
    const mounted = await mountThread('main');
    if (!document.hasFocus()) this.skip();
    await mounted.until(() => mounted.gateway.calls.some(({ name }) => name === 'conversations.read'));
    expect(mounted.desk.conversation(mounted.ids['main']!)?.unreadCount).to.equal(0);
  });
});
