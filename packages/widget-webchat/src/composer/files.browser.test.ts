/* eslint-disable @typescript-eslint/no-floating-promises -- chai-a11y-axe types every assertion as a promise */
import { expect } from '@open-wc/testing';
import type { Message } from '@prosa/core/contract';
import { closeAll, noForm, Shop } from '../testing/mount.ts';

const pdf = new File(['%PDF-1.4\n%%EOF\n'], 'nota-fiscal-8812.pdf', { type: 'application/pdf' });

describe('files in <prosa-webchat>', () => {
  let shop: Shop;
  let png: File;

  beforeEach(async () => {
    shop = await Shop.open(noForm);
    const canvas = new OffscreenCanvas(4, 3);
    canvas.getContext('2d');
    png = new File([await canvas.convertToBlob()], 'caneca.png', { type: 'image/png' });
  });
  afterEach(closeAll);

  /** What the agent sees of what the visitor sent last. */
  async function received(): Promise<Message['content'] | undefined> {
    const { id } = await shop.conversation();
    const { data } = await shop.ana.messages.list(id);
    return data.find(({ author }) => author.kind === 'customer')?.content;
  }

  it('refuses files that are empty or too large before they leave, and sends the others', async () => {
    const page = await shop.mountServed();
    const empty = new File([], 'vazio.pdf', { type: 'application/pdf' });
    const large = new File([new Uint8Array(16 * 1024 * 1024 + 1)], 'video.mp4', { type: 'video/mp4' });
    page.choose(empty, large, pdf);
    await page.until(() => page.has('.problems'));
    expect(page.one('.problems').getAttribute('role')).to.equal('alert');
    expect(page.all('.problems p').map(({ textContent }) => textContent)).to.deep.equal([
      '“vazio.pdf” está vazio.',
      '“video.mp4” é grande demais. O limite é 16 MB.',
    ]);
    await page.until(() => page.button('Baixar nota-fiscal-8812.pdf'));
    expect(page.network.count('/attachments')).to.equal(1);
    page.write('Segue');
    await page.until(() => !page.has('.problems'), 'the problems stay');
  });

  it('says that a kind of file is refused, which cannot be tried again', async () => {
    const page = await shop.mountServed();
    page.choose(new File(['MZ\u0090\u0000\u0003\u0000\u0000\u0000'], 'programa.exe'));
    await page.until(() => page.has('.failure'), 'it is not refused');
    expect(page.one('.failure').textContent).to.contain('Este tipo de arquivo não pode ser enviado.');
    expect(() => page.button('Tentar de novo')).to.throw();
    page.button('Descartar').click();
    await page.until(() => !page.has('.bubble.failed'));
  });

  it('can be cancelled on their way', async () => {
    const page = await shop.mountServed();
    const release = page.network.hold('POST /v1/webchat/attachments');
    page.choose(pdf);
    await page.until(() => page.has('.pending progress'));
    page.button('Cancelar envio: nota-fiscal-8812.pdf').click();
    await page.until(() => !page.has('.pending'), 'it is not cancelled');
    release();
    page.send('Deixa para lá');
    await page.until(() => page.all('.ticks').length === 2);
    expect(await received()).to.deep.include({ type: 'text', text: 'Deixa para lá' });
  });

  it('are tried again after a failure without leaving twice', async () => {
    const page = await shop.mountServed();
    page.network.fail('/messages', { status: 403, code: 'forbidden' }, 1);
    page.choose(pdf);
    await page.until(() => page.has('.failure'));
    page.button('Tentar de novo').click();
    await page.until(() => page.button('Baixar nota-fiscal-8812.pdf'));
    expect(page.network.count('POST /v1/webchat/attachments')).to.equal(1);
  });

  it('reach the agent, also as the first message', async () => {
    const page = await shop.mountOpen();
    page.choose(png);
    await page.until(() => page.has('.line.out .ticks'), 'it does not go out');
    const content = await received();
    expect(content?.type).to.equal('image');
    expect(content && 'attachment' in content && content.attachment?.fileName).to.equal('caneca.png');
  });

  it('reach the agent with as much of a long name as there can be', async () => {
    const page = await shop.mountServed();
    page.choose(new File([pdf], `${'a'.repeat(246)}.pdf`, { type: pdf.type }));
    await page.until(() => page.has('button.file'), 'it is refused');
    const content = await received();
    expect(content && 'attachment' in content && content.attachment?.fileName).to.match(/^a+\.pdf$/);
  });

  it('can be dropped and pasted', async () => {
    const page = await shop.mountServed();
    const carried = new DataTransfer();
    carried.items.add(pdf);
    const frame = page.one('.frame');
    frame.dispatchEvent(new DragEvent('dragover', { dataTransfer: carried, cancelable: true }));
    await page.until(() => page.one('.drop').textContent === 'Solte os arquivos aqui');
    frame.dispatchEvent(new DragEvent('dragleave', { dataTransfer: carried }));
    await page.until(() => !page.has('.drop'));
    frame.dispatchEvent(new DragEvent('drop', { dataTransfer: carried, cancelable: true }));
    await page.until(() => page.all('.line.out .file').length === 1);
    page
      .one('textarea')
      .dispatchEvent(new ClipboardEvent('paste', { clipboardData: carried, bubbles: true, cancelable: true }));
    await page.until(() => page.all('.line.out .ticks').length === 3);
  });

  it('come from the agent: a picture to look at, a document to keep', async () => {
    const page = await shop.mountServed();
    const { id } = await shop.conversation();
    const picture = await shop.ana.attachments.upload(png, { fileName: png.name });
    await shop.ana.messages.send(id, { type: 'image', attachmentId: picture.id, caption: 'É *esta*?' });
    await page.until(() => page.has('.line.in a.media'), 'there is no picture');
    const link = page.one<HTMLAnchorElement>('a.media');
    expect([link.target, link.rel]).to.deep.equal(['_blank', 'noopener noreferrer']);
    expect(link.getAttribute('aria-label')).to.equal('Abrir a imagem');
    await page.until(() => page.one<HTMLImageElement>('a.media img').naturalWidth === 4, 'it is not shown');
    expect(page.all('.line.in .text strong').at(-1)?.textContent).to.equal('esta');

    const document = await shop.ana.attachments.upload(pdf, { fileName: pdf.name });
    await shop.ana.messages.send(id, { type: 'document', attachmentId: document.id });
    await page.until(() => page.button('Baixar nota-fiscal-8812.pdf'));
    const opened: HTMLAnchorElement[] = [];
    const { click } = HTMLAnchorElement.prototype;
    HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
      opened.push(this);
    };
    try {
      page.button('Baixar nota-fiscal-8812.pdf').click();
      await page.until(() => opened.length === 1, 'it is not downloaded');
    } finally {
      HTMLAnchorElement.prototype.click = click;
    }
    expect(opened[0]?.download).to.equal('nota-fiscal-8812.pdf');
    const kept = await fetch(opened[0]!.href);
    expect(await kept.text()).to.equal(await pdf.text());
  });

  it('say when they cannot be had', async () => {
    const page = await shop.mountServed();
    page.network.fail('/url', { status: 404, code: 'not_found' });
    const { id } = await shop.conversation();
    const picture = await shop.ana.attachments.upload(png, { fileName: png.name });
    await shop.ana.messages.send(id, { type: 'image', attachmentId: picture.id });
    await page.until(() => page.one('.missing').textContent.includes('Arquivo indisponível'));
  });
});
