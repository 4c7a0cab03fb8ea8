/* eslint-disable @typescript-eslint/no-floating-promises -- chai-a11y-axe types every assertion as a promise */
import { expect } from '@open-wc/testing';
import { disconnectAll, mountThread, type Mounted } from '../testing/mount.ts';
import { templateOf } from '../testing/records.ts';

const sent = ({ gateway }: Mounted) => gateway.calls.filter(({ name }) => name === 'messages.send');

const inputs = ({ all }: Mounted) => all('.template-fill input') as readonly HTMLInputElement[];

function fill(mounted: Mounted, values: readonly string[]): void {
  inputs(mounted).forEach((input, i) => {
    input.value = values[i] ?? '';
    input.dispatchEvent(new Event('input'));
  });
}

/** The conversation whose window is closed, with these templates. */
async function closed(templates = [templateOf(), templateOf({ name: 'pesquisa', variables: [] })]): Promise<Mounted> {
  return await mountThread('expired', {
    prepare: ({ desk }) => {
      desk.templates = templates;
    },
  });
}

describe('message templates in <prosa-inbox>', () => {
  afterEach(disconnectAll);

  it('offers templates where the service window is closed, and says why', async () => {
    const mounted = await closed();
    await mounted.until(() => mounted.root.querySelector('.template-choice'));
    expect(mounted.one('.reason').textContent).to.contain('A janela de 24 horas fechou. Envie um modelo (HSM)');
    expect(mounted.all('.template-choice')).to.have.length(2);
    expect(mounted.root.querySelector('.composer')).to.equal(null);
    await expect(mounted.inbox).to.be.accessible();
  });

  it('lists only what can be sent, and finds it by name and text', async () => {
    const mounted = await closed([templateOf(), templateOf({ name: 'com_video', sendable: false })]);
    await mounted.until(() => mounted.root.querySelector('.template-choice'));
    expect(mounted.all('.template-choice')).to.have.length(1);
    const search = mounted.one<HTMLInputElement>('.template-form input[type=search]');
    search.value = 'inexistente';
    search.dispatchEvent(new Event('input'));
    await mounted.inbox.updateComplete;
    expect(mounted.one('.template-form').textContent).to.contain('Nenhum modelo com “inexistente”');
  });

  it('says so when there is none', async () => {
    const mounted = await closed([]);
    await mounted.until(() => mounted.one('.template-form').textContent.includes('Nenhum modelo aprovado'));
    await expect(mounted.inbox).to.be.accessible();
  });

  it('does not send while a variable is missing, shows the preview, and sends once', async () => {
    const mounted = await closed();
    await mounted.until(() => mounted.root.querySelector('.template-choice'));
    mounted.one('.template-choice').click();
    await mounted.until(() => mounted.root.querySelector('.template-fill'));
    const submit = () => {
      mounted.one('.template-form .send').click();
    };
    expect(mounted.one('.template-form .send').getAttribute('aria-disabled')).to.equal('true');
    expect(mounted.one('.template-form').textContent).to.contain('Preencha os 2 campos que faltam.');
    submit();
    expect(sent(mounted)).to.have.length(0);
    expect(mounted.root.activeElement, 'the focus is not at what is missing').to.equal(inputs(mounted)[0]);
    expect(mounted.one('.template-preview .bubble').textContent).to.contain('[Marina]').and.not.to.contain('{{');
    await expect(mounted.inbox).to.be.accessible();

    fill(mounted, ['Célia', '<b>8812</b>']);
    await mounted.inbox.updateComplete;
    expect(mounted.one('.template-preview .bubble').textContent).to.contain('Olá, Célia. O pedido <b>8812</b> saiu');
    submit();
    await mounted.until(() => sent(mounted).length === 1);
    expect(sent(mounted)[0]?.body).to.deep.include({
      type: 'template',
      variables: { 'body.1': 'Célia', 'body.2': '<b>8812</b>' },
    });
    await mounted.until(() => mounted.one('.log').textContent.includes('Olá, Célia.'));
    await mounted.until(() => mounted.root.querySelector('.template-choice'));
  });

  it('shows in the list what the customer would read, with examples and without marks', async () => {
    const mounted = await closed();
    await mounted.until(() => mounted.root.querySelector('.template-body'));
    expect(mounted.one('.template-body').textContent).to.equal(
      'Olá, [Marina]. O pedido [8812] saiu para entrega hoje.',
    );
  });

  it('begins variables with what is known under their name, and offers it for the others', async () => {
    const named = templateOf({
      components: [{ type: 'BODY', text: '{{nome}}, sobre {{protocolo}}: {{1}} {{constructor}}', examples: [] }],
      variables: ['nome', 'protocolo', '1', 'constructor'].map((name) => ({
        key: `body.${name}`,
        component: 'BODY',
        example: null,
      })),
    });
    const mounted = await closed([named]);
    await mounted.until(() => mounted.root.querySelector('.template-choice'));
    mounted.one('.template-choice').click();
    await mounted.until(() => mounted.root.querySelector('.template-fill'));
    expect(inputs(mounted).map(({ value }) => value)).to.deep.equal(['Célia Brandão', '2026111900027', '', '']);
    const labels = mounted.all('.template-fill label').map((label) => label.textContent);
    expect(labels).to.deep.equal(['Nome', 'Protocolo', 'Campo 1', 'Constructor']);
    const offered = [...(inputs(mounted)[2]?.list?.options ?? [])].map(({ value }) => value);
    expect(offered).to.include.members(['Célia', 'Célia Brandão', '2026111900027', '+55 83 9 9123-0077']);
    await mounted.until(() => mounted.root.activeElement === inputs(mounted)[2]);
    await expect(mounted.inbox).to.be.accessible();
  });

  it('stays inside its box, however narrow', async () => {
    for (const width of [1280, 1100, 390, 320]) {
      const mounted = await mountThread('main', {
        width,
        prepare: ({ desk }) => {
          desk.templates = [templateOf({ name: 'um_nome_de_modelo_que_nao_acaba_nunca_de_tao_comprido' })];
        },
      });
      mounted.button('Enviar modelo').click();
      await mounted.until(() => mounted.root.querySelector('.template-choice'));
      mounted.one('.template-choice').click();
      await mounted.until(() => mounted.root.querySelector('.template-fill'));
      const form = mounted.one('.template-form').getBoundingClientRect();
      for (const part of mounted.all('.template-form *')) {
        if (part.getClientRects().length === 0) continue;
        const { left, right } = part.getBoundingClientRect();
        expect(right, `${width}px, ${part.className}`).to.be.at.most(form.right);
        expect(left, `${width}px, ${part.className}`).to.be.at.least(form.left);
      }
      disconnectAll();
    }
  });

  it('lets the page stop it, and keeps what was filled in', async () => {
    const mounted = await closed();
    mounted.inbox.addEventListener('prosa-before-send', (event) => {
      event.preventDefault();
    });
    await mounted.until(() => mounted.root.querySelector('.template-choice'));
    mounted.one('.template-choice').click();
    await mounted.until(() => mounted.root.querySelector('.template-fill'));
    fill(mounted, ['Célia', '8812']);
    await mounted.inbox.updateComplete;
    mounted.one('.template-form .send').click();
    await mounted.inbox.updateComplete;
    expect(sent(mounted)).to.have.length(0);
    expect(inputs(mounted).map(({ value }) => value)).to.deep.equal(['Célia', '8812']);
  });

  it('is at hand while the window is open, and goes back to writing', async () => {
    const mounted = await mountThread('main', {
      prepare: ({ desk }) => {
        desk.templates = [templateOf()];
      },
    });
    mounted.button('Enviar modelo').click();
    await mounted.until(() => mounted.root.querySelector('.template-choice'));
    mounted.button('Voltar a escrever').click();
    await mounted.until(() => mounted.root.querySelector('.composer'));
  });

  it('tries again when the list could not be loaded', async () => {
    const mounted = await mountThread('expired', {
      prepare: (gateway) => {
        gateway.desk.templates = [templateOf()];
        gateway.fail('hsm.list', 'forbidden');
      },
    });
    await mounted.until(() => mounted.one('.template-form').textContent.includes('Você não tem permissão para isso.'));
    mounted.button('Tentar de novo').click();
    await mounted.until(() => mounted.root.querySelector('.template-choice'));
  });
});
