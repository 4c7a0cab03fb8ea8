/* eslint-disable @typescript-eslint/no-floating-promises -- chai-a11y-axe types every assertion as a promise */
import { expect } from '@open-wc/testing';
import { disconnectAll, mountList, still, type Mounted } from '../testing/mount.ts';

// On a scripted gateway, which can be held and broken at the right moment.
describe('a new conversation in <prosa-inbox>, when something is in the way', () => {
  afterEach(disconnectAll);

  const starts = ({ gateway }: Mounted) => gateway.calls.filter(({ name }) => name === 'conversations.start');
  const errorsOf = ({ inbox }: Mounted) => {
    const errors: unknown[] = [];
    inbox.addEventListener('prosa-error', ({ detail }) => errors.push(detail.error));
    return errors;
  };
  const submit = ({ one }: Mounted) => {
    one('dialog.start .dialog-foot .send').click();
  };

  /** The dialog, with all that it takes: the marketing template has no variables. */
  async function filled(options: Parameters<typeof mountList>[0] = {}): Promise<Mounted> {
    const mounted = await mountList(options);
    mounted.button('Nova conversa').click();
    await mounted.until(() => mounted.root.querySelector('.start .template-choice'));
    const phone = mounted.one<HTMLInputElement>('#start-phone');
    phone.value = '(83) 99147-0036';
    phone.dispatchEvent(new Event('input'));
    mounted.all('.start .template-choice').at(-1)!.click();
    await mounted.until(() => mounted.root.querySelector('.start .template-preview'));
    return mounted;
  }

  for (const theme of ['light', 'dark'] as const) {
    it(`is accessible, ${theme}`, async () => {
      const mounted = await filled({ theme, width: 380 });
      expect(mounted.root.activeElement, 'sending is all that is left').to.equal(mounted.one('.start .send'));
      await still(mounted.root);
      await expect(mounted.inbox).to.be.accessible();
    });
  }

  it('is sent once, however often one clicks', async () => {
    const mounted = await filled();
    const release = mounted.gateway.hold('conversations.start');
    submit(mounted);
    await mounted.until(() => mounted.one('.start .send').getAttribute('aria-disabled') === 'true');
    submit(mounted);
    release();
    await mounted.until(() => mounted.one('.composer-area').textContent.includes('Modelo enviado.'));
    expect(starts(mounted)).to.have.length(1);
    expect(starts(mounted)[0]?.body).to.deep.include({ to: { phone: '+5583991470036' } });
  });

  it('keeps what was filled in when it is refused, and sends it when it may', async () => {
    const mounted = await filled();
    const errors = errorsOf(mounted);
    mounted.gateway.fail('conversations.start', 'forbidden');
    submit(mounted);
    await mounted.until(() => mounted.root.querySelector('.start .form-error'));
    expect(mounted.one('.start .form-error').textContent).to.contain('Você não tem permissão para isso.');
    expect(errors).to.have.length(1);
    submit(mounted);
    await mounted.until(() => mounted.one('.composer-area').textContent.includes('Modelo enviado.'));
  });

  it('tells a name that is refused at its field, and goes there', async () => {
    const mounted = await filled();
    const problems = [{ path: 'body.to.name', message: 'must not have control characters' }];
    mounted.gateway.fail('conversations.start', 'validation_failed', { errors: problems });
    submit(mounted);
    await mounted.until(() => mounted.root.activeElement === mounted.one('#start-name'));
    expect(mounted.one('#start-name-error').textContent).to.equal('Algo não foi aceito. Confira e tente de novo.');
  });

  it('stays where the agent is who closed it while it was sent', async () => {
    const mounted = await filled();
    const release = mounted.gateway.hold('conversations.start');
    submit(mounted);
    await mounted.until(() => starts(mounted).length === 1);
    mounted.button('Cancelar').click();
    release();
    await mounted.until(() => mounted.desk.tab('mine').some(({ status }) => status === 'awaiting_reply'));
    await mounted.inbox.updateComplete;
    expect(mounted.inbox.conversationId ?? null).to.equal(null);
  });

  it('says nothing of a way to what the agent is not shown', async () => {
    const mounted = await filled();
    mounted.gateway.fail('conversations.start', 'contact_in_conversation', { owner: { id: 'agt_x', name: 'Rui' } });
    submit(mounted);
    await mounted.until(() => mounted.root.querySelector('#start-phone-error'));
    expect(mounted.one('#start-phone-error').textContent).to.equal('Rui já está em conversa com este contato.');
    await mounted.inbox.updateComplete;
    expect(mounted.one('.start').textContent).not.to.contain('Abrir conversa');
  });
});
