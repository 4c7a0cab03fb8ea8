/* eslint-disable @typescript-eslint/no-floating-promises -- chai-a11y-axe types every assertion as a promise */
import { expect } from '@open-wc/testing';
import { disconnectAll, mountThread, still, type Mounted } from '../testing/mount.ts';
import { templateOf } from '../testing/records.ts';

const withPicture = templateOf({
  components: [
    { type: 'HEADER', format: 'IMAGE', examples: [] },
    { type: 'BODY', text: 'Segue a foto do seu pedido.', examples: [] },
  ],
  variables: [],
  needs: ['image'],
});
const withPlace = templateOf({ name: 'onde_estamos', variables: [], needs: ['location'] });

/** The only template that is offered, chosen. */
async function chosen(template = withPicture): Promise<Mounted> {
  const mounted = await mountThread('expired', {
    prepare: ({ desk }) => {
      desk.templates = [template, withPlace];
    },
  });
  await mounted.until(() => mounted.root.querySelector('.template-choice'));
  expect(mounted.all('.template-choice')).to.have.length(1);
  mounted.one('.template-choice').click();
  await mounted.until(() => mounted.root.querySelector('.template-fill'));
  return mounted;
}

function choose({ one }: Mounted, file: File): void {
  const transfer = new DataTransfer();
  transfer.items.add(file);
  const input = one<HTMLInputElement>('.header-file-field input[type=file]');
  input.files = transfer.files;
  input.dispatchEvent(new Event('change'));
}

const photo = () => new File([new Uint8Array([137, 80, 78, 71])], 'pedido.png', { type: 'image/png' });
const sent = ({ gateway }: Mounted) => gateway.calls.filter(({ name }) => name === 'messages.send');
const isReady = ({ one }: Mounted) => one('.template-form .send').getAttribute('aria-disabled') === 'false';

describe('the file above a message template', () => {
  afterEach(disconnectAll);

  it('is asked for, uploaded, shown and sent', async () => {
    const mounted = await chosen();
    await mounted.until(() => mounted.root.activeElement?.id === 'template-file');
    expect(mounted.button('Escolher foto') === mounted.root.activeElement, 'the focus is not at the file').to.equal(
      true,
    );
    mounted.one('.template-form .send').click();
    expect(sent(mounted)).to.have.length(0);
    const release = mounted.gateway.hold('attachments.upload');
    choose(mounted, photo());
    await mounted.until(() => mounted.root.querySelector('.header-file-field progress'));
    expect(isReady(mounted), 'it is sent before it is there').to.equal(false);
    release();
    await mounted.until(() => isReady(mounted));
    expect(mounted.one('.header-file-field').textContent).to.contain('pedido.png');
    expect(mounted.one<HTMLImageElement>('.template-preview img').src).to.match(/^blob:/);
    await still(mounted.root);
    await expect(mounted.inbox).to.be.accessible();
    mounted.one('.template-form .send').click();
    await mounted.until(() => sent(mounted).length === 1);
    const [attachmentId] = [...mounted.desk.attachments.keys()].slice(-1);
    expect(sent(mounted)[0]?.body).to.deep.include({ templateId: withPicture.id, attachmentId });
  });

  it('is refused when it is of another kind, and another one can be chosen', async () => {
    const mounted = await chosen();
    choose(mounted, new File(['%PDF-1.4'], 'boleto.pdf', { type: 'application/pdf' }));
    await mounted.until(() => mounted.root.querySelector('.header-file-field [role=alert]'));
    expect(mounted.one('.header-file-field').textContent).to.contain('Este modelo leva uma foto (JPG ou PNG).');
    expect(isReady(mounted)).to.equal(false);
    mounted.button('Remover boleto.pdf').click();
    await mounted.until(() => mounted.button('Escolher foto'));
    choose(mounted, photo());
    await mounted.until(() => isReady(mounted));
  });

  it('says why it could not be stored, and tries again', async () => {
    const mounted = await chosen();
    mounted.gateway.fail('attachments.upload', 'payload_too_large');
    choose(mounted, photo());
    await mounted.until(() => mounted.root.querySelector('.header-file-field [role=alert]'));
    expect(mounted.one('.header-file-field').textContent).to.contain('Arquivo grande demais');
    mounted.button('Tentar pedido.png de novo').click();
    await mounted.until(() => isReady(mounted));
  });

  it('is forgotten with the template', async () => {
    const mounted = await chosen();
    choose(mounted, photo());
    await mounted.until(() => isReady(mounted));
    mounted.button('Trocar modelo').click();
    await mounted.until(() => mounted.root.querySelector('.template-choice'));
    mounted.one('.template-choice').click();
    await mounted.until(() => mounted.button('Escolher foto'));
    expect(isReady(mounted)).to.equal(false);
  });
});
