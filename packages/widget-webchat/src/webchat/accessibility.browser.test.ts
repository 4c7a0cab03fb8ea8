import { expect } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { closeAll, noForm, Shop, still, type MountedWebchat, type MountOptions } from '../testing/mount.ts';

const asked = { form: { name: 'required', email: 'optional', subjects: ['Pedidos', 'Trocas'] } } as const;
const pdf = new File(['%PDF-1.4\n%%EOF\n'], 'nota-fiscal-8812.pdf', { type: 'application/pdf' });

describe('<prosa-webchat> is accessible', () => {
  afterEach(closeAll);

  async function check({ webchat, root }: MountedWebchat): Promise<void> {
    await webchat.updateComplete;
    await still(root);
    await expect(webchat).to.be.accessible();
  }

  for (const theme of ['light', 'dark'] as const) {
    describe(theme, () => {
      const options: MountOptions = { theme };

      it('closed, with something unread', async () => {
        const shop = await Shop.open(noForm);
        const page = await shop.mountServed(options);
        page.webchat.closePanel();
        await shop.answer('Já verifico');
        await page.until(() => page.has('.badge'));
        await check(page);
      });

      it('at the start, and with everything wrong', async () => {
        const shop = await Shop.open({ ...asked, subtitle: 'Respondemos em poucos minutos.' });
        const page = await shop.mountOpen(options);
        await check(page);
        page.send('Oi');
        await page.until(() => page.has('#start-subject-error'));
        await check(page);
      });

      it('in a conversation with files, somebody typing and a question to end it', async () => {
        const shop = await Shop.open(noForm);
        const page = await shop.mountServed(options);
        const { id } = await shop.conversation();
        await shop.answer('Veja https://exemplo.com.br/pedidos');
        const attachment = await shop.ana.attachments.upload(pdf, { fileName: pdf.name });
        await shop.ana.messages.send(id, { type: 'document', attachmentId: attachment.id });
        page.choose(pdf, new File([], 'vazio.pdf'));
        await page.until(() => page.all('button.file').length === 2);
        await shop.ana.conversations.typing(id, true);
        await page.until(() => page.has('.dots') && page.has('.problems'));
        await check(page);
        page.button('Encerrar conversa').click();
        await page.until(() => page.has('[role=alertdialog]'));
        await check(page);
      });

      it('ended, asked and answered', async () => {
        const shop = await Shop.open(noForm);
        await shop.server.surveys.create({ instrument: 'nps', name: 'Fim' });
        const page = await shop.mountServed(options);
        await shop.finish();
        await page.until(() => page.has('.survey'));
        await check(page);
        page.one('.score input').click();
        await page.until(() => page.has('#survey-comment'));
        await check(page);
        page.button('Enviar resposta').click();
        await page.until(() => page.has('.answered'));
        await check(page);
      });

      it('with what is on its way and what was not sent', async () => {
        const shop = await Shop.open(noForm);
        const page = await shop.mountServed(options);
        page.network.fail('/messages', { status: 403, code: 'forbidden' });
        page.send('Não vai');
        await page.until(() => page.has('.failure'));
        page.network.hold('POST /v1/webchat/attachments');
        page.choose(pdf);
        await page.until(() => page.has('.pending progress'));
        await check(page);
      });

      it('without a connection', async () => {
        const shop = await Shop.open(noForm);
        const page = await shop.mountServed(options);
        page.network.goOffline();
        page.send('Guarde isto');
        await page.until(() => page.has('.connection-line') && page.has('.pending'));
        await check(page);
      });

      it('while it loads, and when it cannot', async () => {
        const shop = await Shop.open(noForm);
        let release = () => {};
        const page = await shop.mount({
          ...options,
          prepareNetwork: (network) => {
            release = network.hold('/config');
            network.fail('/config', { status: 503, code: 'unavailable' });
          },
          prepare: (webchat) => (webchat.open = true),
        });
        await page.until(() => page.has('.spinner'));
        await check(page);
        release();
        await page.until(() => page.has('.state [role=alert]'));
        await check(page);
      });

      it('inline', async () => {
        const shop = await Shop.open(asked);
        const page = await shop.mount({ ...options, inline: true });
        await page.until(() => page.has('.start'));
        await check(page);
      });
    });
  }

  describe('on a phone', () => {
    beforeEach(() => setViewport({ width: 390, height: 740 }));
    afterEach(() => setViewport({ width: 800, height: 600 }));

    for (const theme of ['light', 'dark'] as const) {
      it(`over the whole screen, ${theme}`, async () => {
        const shop = await Shop.open(noForm);
        const page = await shop.mountServed({ theme });
        await shop.answer('Já verifico');
        await page.until(() => page.text().includes('Já verifico'));
        await check(page);
      });
    }
  });
});
