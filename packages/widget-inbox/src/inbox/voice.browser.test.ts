/* eslint-disable @typescript-eslint/no-floating-promises -- chai-a11y-axe types every assertion as a promise */
import { expect } from '@open-wc/testing';
import { sendKeys, sendMouse } from '@web/test-runner-commands';
import { disconnectAll, mountThread, still, type Mounted, type MountOptions } from '../testing/mount.ts';

const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
let microphones: MediaStreamTrack[] = [];

const isOff = () => microphones.length > 0 && microphones.every(({ readyState }) => readyState === 'ended');
const sent = ({ gateway }: Mounted) =>
  gateway.calls.filter(({ name }) => name === 'messages.send').map(({ body }) => body as Record<string, unknown>);
const focused = ({ root }: Mounted) => root.activeElement;
const fieldOf = ({ one }: Mounted) => one<HTMLTextAreaElement>('.composer textarea');
const told = ({ all }: Mounted) => all('.composer [role=status]').map(({ textContent }) => textContent.trim());

/** Somebody who is about to say something. */
async function open(options: MountOptions = {}): Promise<Mounted> {
  const mounted = await mountThread('main', options);
  await mounted.until(() => mounted.root.querySelector('.record'));
  // Nothing is heard on a page that nobody has touched.
  await sendMouse({ type: 'click', position: [2, 2] });
  return mounted;
}

/** Says something for as long as the meter needs to show it. */
async function record(mounted: Mounted): Promise<void> {
  mounted.button(mounted.root.querySelector('.record')?.getAttribute('aria-label') ?? '').click();
  await mounted.until(() => mounted.root.querySelector('.recorder-wave'), 'it does not record');
  const wave = () => mounted.root.querySelector('.recorder-wave path')?.getAttribute('d') ?? '';
  await mounted.until(() => wave().split('M').length > 6, 'the meter shows nothing');
}

async function listen(mounted: Mounted): Promise<void> {
  await record(mounted);
  mounted.button('Parar e ouvir').click();
  await mounted.until(() => mounted.root.querySelector('.upload.ready .voice-play'));
}

function refuse(name: string): void {
  navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', name));
}

function listenToAll(): void {
  navigator.mediaDevices.getUserMedia = async (constraints) => {
    const stream = await ask(constraints);
    microphones.push(...stream.getTracks());
    return stream;
  };
}

describe('recording in <prosa-inbox>', () => {
  beforeEach(() => {
    microphones = [];
    listenToAll();
  });
  afterEach(() => {
    navigator.mediaDevices.getUserMedia = ask;
    for (const microphone of microphones) microphone.stop();
    disconnectAll();
  });

  it('is listened to before it goes as a voice message, with the keyboard alone', async () => {
    const mounted = await open();
    mounted.one('.record').focus();
    await sendKeys({ press: 'Enter' });
    await mounted.until(() => mounted.root.querySelector('.recorder-wave'));
    await mounted.until(() => focused(mounted)?.textContent.trim() === 'Parar e ouvir', 'the focus is lost');
    await mounted.until(() => told(mounted).includes('Gravando. Esc descarta.'));
    const wave = () => mounted.one('.recorder-wave path').getAttribute('d') ?? '';
    await mounted.until(() => wave().split('M').length > 6);
    await sendKeys({ press: 'Enter' });
    await mounted.until(() => focused(mounted)?.getAttribute('aria-label') === 'Ouvir gravação', 'nothing to play');
    expect(isOff(), 'the microphone is off').to.equal(true);
    expect(told(mounted).join()).to.match(/^Gravação de 0:0\d pronta\. Ouça, envie ou descarte\.$/);
    await mounted.until(() => mounted.root.querySelector('.upload.ready'));
    expect(sent(mounted), 'nothing goes by itself').to.deep.equal([]);
    await sendKeys({ press: 'Enter' });
    await mounted.until(() => focused(mounted)?.getAttribute('aria-label') === 'Pausar gravação', 'it does not play');
    mounted.one('.send').click();
    await mounted.until(() => sent(mounted).length === 1);
    expect(sent(mounted)[0]).to.include({ type: 'audio', voice: true });
    await mounted.until(() => mounted.root.querySelector('.message.ours .audio[aria-label="Mensagem de voz"]'));
    expect(mounted.root.querySelector('.upload')).to.equal(null);
  });

  it('goes at once when asked to, once it is up; what is written meanwhile stays', async () => {
    const mounted = await open();
    const release = mounted.gateway.hold('attachments.upload');
    await record(mounted);
    mounted.button('Enviar gravação').click();
    await mounted.until(() => mounted.root.querySelector('.upload.uploading progress'), 'its way is not shown');
    await mounted.until(() => focused(mounted) === fieldOf(mounted), 'the field has no focus');
    await sendKeys({ type: 'E o boleto' });
    release();
    await mounted.until(() => sent(mounted).length === 1);
    expect(sent(mounted)[0]).to.include({ type: 'audio', voice: true });
    expect([fieldOf(mounted).value, mounted.all('.upload').length]).to.deep.equal(['E o boleto', 0]);
  });

  it('is thrown away with Escape, and the conversation stays open', async () => {
    const mounted = await open();
    await record(mounted);
    await sendKeys({ press: 'Escape' });
    await mounted.until(() => focused(mounted) === fieldOf(mounted), 'the field is not back');
    expect([isOff(), mounted.all('.upload').length, told(mounted)]).to.deep.equal([true, 0, ['Gravação descartada.']]);
    expect(mounted.inbox.conversationId).to.equal(mounted.ids['main']);
    expect(mounted.gateway.calls.some(({ name }) => name === 'attachments.upload')).to.equal(false);
  });

  it('is thrown away after it was listened to', async () => {
    const mounted = await open();
    await listen(mounted);
    mounted.button('Remover Mensagem de voz').click();
    await mounted.until(() => mounted.all('.upload').length === 0 && mounted.root.querySelector('.record'));
    expect(sent(mounted)).to.deep.equal([]);
  });

  it('stops when another conversation is opened, and waits in the one it was said in', async () => {
    const mounted = await open();
    await record(mounted);
    await mounted.open(mounted.ids['failed']);
    await mounted.until(() => mounted.one('.who-name').textContent.includes('João') && fieldOf(mounted));
    await mounted.until(isOff, 'the microphone is on');
    expect(mounted.all('.recorder, .upload')).to.have.length(0);
    await mounted.open(mounted.ids['main']);
    await mounted.until(() => mounted.root.querySelector('.upload.ready'), 'what was said is lost');
    expect(mounted.one('.upload').textContent).to.contain('Mensagem de voz');
  });

  it('stops when the inbox leaves the page', async () => {
    const mounted = await open();
    await record(mounted);
    mounted.inbox.remove();
    await mounted.until(isOff, 'the microphone is on');
  });

  it('stops when somebody else takes the conversation', async () => {
    const mounted = await open();
    await record(mounted);
    const { desk, ids } = mounted;
    desk.change(ids['main'] ?? '', { assignee: { id: 'agt_other', name: 'Caio Dias' } }, 'conversation.transferred');
    await mounted.until(() => mounted.root.querySelector('.reason'));
    await mounted.until(isOff, 'the microphone is on');
  });

  it('keeps what was said when the microphone goes away, and says so', async () => {
    const mounted = await open();
    await record(mounted);
    for (const microphone of microphones) microphone.stop();
    await mounted.until(() => mounted.root.querySelector('.upload.ready'), 'what was said is lost');
    expect(mounted.one('.composer-hint').textContent).to.equal('O microfone parou. O que foi gravado está guardado.');
  });

  it('waits for a try again when it cannot be uploaded', async () => {
    const mounted = await open();
    mounted.gateway.fail('attachments.upload', 'attachment_not_ready');
    await record(mounted);
    mounted.button('Enviar gravação').click();
    await mounted.until(() => mounted.root.querySelector('.upload.failed'));
    mounted.button('Tentar Mensagem de voz').click();
    await mounted.until(() => mounted.root.querySelector('.upload.ready'));
    mounted.one('.send').click();
    await mounted.until(() => sent(mounted).length === 1);
    expect(sent(mounted)[0]).to.include({ type: 'audio', voice: true });
  });

  it('stays in the thread with the reason when it is refused', async () => {
    const mounted = await open();
    mounted.gateway.fail('messages.send', 'window_closed');
    await record(mounted);
    mounted.button('Enviar gravação').click();
    await mounted.until(() => mounted.root.querySelector('.pending .send-problem'));
    expect(mounted.one('.pending .send-problem').textContent).to.contain('A janela de 24 horas fechou.');
  });

  for (const [name, sentence] of [
    ['NotAllowedError', 'O microfone está bloqueado para esta página.'],
    ['NotFoundError', 'Nenhum microfone encontrado.'],
    ['NotReadableError', 'Outro programa está usando o microfone.'],
    ['TypeError', 'A gravação não começou.'],
  ] as const) {
    it(`says what to do about ${name}, and tries again`, async () => {
      const mounted = await open();
      refuse(name);
      mounted.one('.record').click();
      await mounted.until(() => mounted.root.querySelector('.recorder [role=alert]'));
      expect(mounted.one('.recorder [role=alert]').textContent).to.contain(sentence);
      await expect(mounted.inbox).to.be.accessible();
      listenToAll();
      mounted.one('.recorder .first').click();
      await mounted.until(() => mounted.root.querySelector('.recorder-wave'));
    });
  }

  it('does not begin when somebody allows it too late', async () => {
    const mounted = await open();
    let allow: () => void = () => undefined;
    const allowed = new Promise<void>((resolve) => (allow = resolve));
    navigator.mediaDevices.getUserMedia = async (constraints) => {
      await allowed;
      const stream = await ask(constraints);
      microphones.push(...stream.getTracks());
      return stream;
    };
    mounted.one('.record').click();
    await mounted.until(() => mounted.root.querySelector('.recorder .asking'));
    expect(mounted.one('.recorder').textContent).to.contain('Permita o uso do microfone');
    await expect(mounted.inbox).to.be.accessible();
    mounted.button('Cancelar').click();
    allow();
    await mounted.until(isOff, 'the microphone is on');
    expect(mounted.all('.recorder, .upload')).to.have.length(0);
  });

  it('is not offered beside a text, and not where the browser cannot', async () => {
    const mounted = await open();
    fieldOf(mounted).focus();
    await sendKeys({ type: 'Oi' });
    await mounted.until(() => !mounted.root.querySelector('.record'));
    const original = MediaRecorder.isTypeSupported.bind(MediaRecorder);
    MediaRecorder.isTypeSupported = () => false;
    try {
      await sendKeys({ press: 'Backspace' });
      await sendKeys({ press: 'Backspace' });
      mounted.inbox.requestUpdate();
      await mounted.inbox.updateComplete;
      expect(mounted.root.querySelector('.record')).to.equal(null);
    } finally {
      MediaRecorder.isTypeSupported = original;
    }
  });

  it('speaks English', async () => {
    const mounted = await open({ lang: 'en' });
    refuse('NotAllowedError');
    mounted.button('Record voice message').click();
    await mounted.until(() => mounted.root.querySelector('.recorder [role=alert]'));
    expect(mounted.one('.recorder').textContent).to.contain('The microphone is blocked for this page.');
  });

  for (const theme of ['light', 'dark'] as const) {
    it(`is accessible, ${theme}`, async () => {
      const mounted = await open({ theme, width: theme === 'dark' ? 420 : 1280 });
      await record(mounted);
      await still(mounted.root);
      await expect(mounted.inbox).to.be.accessible();
      mounted.button('Parar e ouvir').click();
      await mounted.until(() => mounted.root.querySelector('.upload.ready .voice-play'));
      await still(mounted.root);
      await expect(mounted.inbox).to.be.accessible();
    });
  }
});
