/* eslint-disable @typescript-eslint/no-floating-promises -- chai-a11y-axe types every assertion as a promise */
import { expect, fixture, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import '../define.ts';
import { connect, disconnectAll, still } from '../testing/mount.ts';
import { sampleDesk } from '../testing/sample-desk.ts';
import { ScriptedGateway } from '../testing/scripted-gateway.ts';
import type { ProsaCustomerPanel } from './prosa-customer-panel.ts';

async function mount(
  key: 'main' | 'unlinked',
  prepare: (gateway: ScriptedGateway, conversationId: string) => void = () => undefined,
) {
  const { desk, ids } = await sampleDesk();
  const gateway = new ScriptedGateway(desk);
  prepare(gateway, ids[key] ?? '');
  const client = connect(gateway);
  const panel = await fixture<ProsaCustomerPanel>(
    html`<prosa-customer-panel
      lang="pt-BR"
      theme="light"
      .client=${client}
      conversation-id=${ids[key] ?? ''}
    ></prosa-customer-panel>`,
  );
  const root = panel.shadowRoot!;
  const until = (condition: () => unknown, message = 'it did not happen') =>
    waitUntil(condition as () => boolean, message, { interval: 10 });
  const one = <E extends HTMLElement = HTMLElement>(selector: string) => root.querySelector<E>(selector)!;
  const press = (name: string) => {
    [...root.querySelectorAll('button')].find(({ textContent }) => textContent.trim() === name)?.click();
  };
  const type = (selector: string, text: string) => {
    const input = one<HTMLInputElement>(selector);
    input.value = text;
    input.dispatchEvent(new Event('input', { bubbles: true }));
  };
  return { panel, root, desk, gateway, until, one, press, type };
}

describe('<prosa-customer-panel>', () => {
  afterEach(disconnectAll);

  it('tells that it cannot be loaded, and tries again', async () => {
    const { root, until, press, panel } = await mount('main', (gateway) => {
      gateway.fail('customers.get', 'forbidden');
    });
    await until(() => root.querySelector('[role=alert]'));
    await still(panel.shadowRoot!);
    await expect(panel).to.be.accessible();
    press('Tentar de novo');
    await until(() => root.querySelector('.facts'));
  });

  for (const [email, detail] of [
    [null, 'Visitante do site'],
    ['duda@exemplo.com.br', 'duda@exemplo.com.br'],
  ] as const) {
    it(`says of a visitor of a website "${detail}", and nothing of a number`, async () => {
      const { root, one, until } = await mount('unlinked', ({ desk }, id) => {
        const conversation = desk.conversations.get(id)!;
        const contact = { ...desk.contacts.get(conversation.contact.id)!, name: 'Duda', phone: null, email };
        desk.contacts.set(contact.id, contact);
        desk.conversations.set(id, { ...conversation, origin: 'webchat', contact });
      });
      await until(() => root.querySelector('.person-detail')?.textContent === detail);
      expect(one('.unlinked').textContent).to.contain('Este contato ainda não está vinculado');
      expect(root.textContent).to.not.match(/WhatsApp|número/);
    });
  }

  it('shows the customer, with the document masked until it is asked for', async () => {
    const { panel, one, until, root } = await mount('main');
    await until(() => root.querySelector('.facts') && root.querySelector('.history-line'));
    expect(one('.facts').textContent).to.contain('***.456.789-**').and.to.contain('+55 83 9 9914-2210');
    expect(root.innerHTML).to.not.contain('123.456.789-09');
    one('.facts .icon-button').click();
    await until(() => one('.facts').textContent.includes('123.456.789-09'));
    expect(one('.facts .icon-button').getAttribute('aria-pressed')).to.equal('true');
    await still(panel.shadowRoot!);
    await expect(panel).to.be.accessible();
  });

  it('tells the page which previous conversation was picked', async () => {
    const { panel, one, until, root } = await mount('main');
    await until(() => root.querySelector('.history-line'));
    expect(root.querySelectorAll('.history-line')).to.have.length(3);
    let picked: unknown;
    panel.addEventListener('prosa-conversation-selected', (event) => {
      picked = (event as CustomEvent).detail;
    });
    one('.history-line').click();
    expect(picked).to.have.property('conversationId');
  });

  it('makes a customer from the contact, and links it', async () => {
    const { panel, root, until, one, press, type, gateway } = await mount('unlinked');
    await until(() => root.querySelector('.unlinked'));
    expect(one('.unlinked').textContent).to.contain('Este contato ainda não está vinculado a um cliente.');
    await still(panel.shadowRoot!);
    await expect(panel).to.be.accessible();
    press('Cadastrar novo cliente');
    await until(() => root.querySelector('dialog[open]'));
    expect(one<HTMLInputElement>('#customer-phone').value).to.equal('+55 83 9 8812-0042');
    await still(panel.shadowRoot!);
    await expect(panel).to.be.accessible();
    press('Salvar');
    await until(() => root.querySelector('#customer-name-error'));
    await until(() => root.activeElement?.id === 'customer-name');
    type('#customer-name', 'Paulo Régis');
    type('#customer-document', '12abc34501de35');
    expect(one<HTMLInputElement>('#customer-document').value).to.equal('12.ABC.345/01DE-35');
    press('Salvar');
    // That CNPJ belongs to somebody in the sample.
    await until(() => one('#customer-document-error')?.textContent.includes('Já existe'));
    await still(panel.shadowRoot!);
    await expect(panel).to.be.accessible();
    type('#customer-document', '');
    press('Salvar');
    await until(() => root.querySelector('.facts'));
    expect(root.textContent).to.contain('Paulo Régis');
    expect(gateway.calls.filter(({ name }) => name === 'contacts.link')).to.have.length(1);
  });

  it('offers the customer that has the document already', async () => {
    const { root, until, press, type } = await mount('unlinked');
    await until(() => root.querySelector('.unlinked'));
    press('Cadastrar novo cliente');
    await until(() => root.querySelector('dialog[open]'));
    type('#customer-name', 'Marina');
    type('#customer-document', '123.456.789-09');
    press('Salvar');
    await until(() => root.textContent.includes('Vincular a esse cliente'));
    press('Vincular a esse cliente');
    await until(() => root.querySelector('.facts')?.textContent.includes('marina@exemplo.com.br'));
  });

  it('puts what the server refuses at its field', async () => {
    const { root, until, press, type, one } = await mount('unlinked', (gateway) => {
      gateway.fail('customers.create', 'validation_failed', {
        errors: [{ path: 'body.email', message: 'must be an e-mail address' }],
      });
    });
    await until(() => root.querySelector('.unlinked'));
    press('Cadastrar novo cliente');
    await until(() => root.querySelector('dialog[open]'));
    type('#customer-name', 'Paulo');
    type('#customer-email', 'paulo@exemplo.com');
    press('Salvar');
    await until(() => root.querySelector('#customer-email-error'));
    expect(one('#customer-email').getAttribute('aria-invalid')).to.equal('true');
  });

  it('links an existing customer with the keyboard alone', async () => {
    const { panel, root, until, press, type, one } = await mount('unlinked');
    await until(() => root.querySelector('.unlinked'));
    press('Vincular a cliente existente');
    await until(() => root.querySelector('dialog[open] [role=combobox]'));
    type('[role=combobox]', 'mariana');
    await until(() => root.querySelector('[role=option]'));
    await still(panel.shadowRoot!);
    await expect(panel).to.be.accessible();
    const key = (name: string) =>
      one('[role=combobox]').dispatchEvent(
        new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }),
      );
    key('ArrowDown');
    await until(() => one('[role=combobox]').getAttribute('aria-activedescendant') === 'customer-result-0');
    key('Enter');
    await until(() => one('[role=option]').getAttribute('aria-selected') === 'true');
    one<HTMLFormElement>('dialog form').requestSubmit();
    await until(() => root.querySelector('.facts'));
    expect(root.textContent).to.contain('Mariana Albuquerque Lima');
  });

  it('asks the source of the page instead of the gateway', async () => {
    const { panel, root, until, gateway } = await mount('main');
    panel.source = {
      find: async () => ({
        id: 'crm-7',
        name: 'Do CRM',
        document: null,
        email: null,
        phone: null,
        address: null,
        notes: null,
      }),
      search: async () => [],
      create: async () => Promise.reject(new Error('no')),
      update: async () => Promise.reject(new Error('no')),
      link: async () => undefined,
    };
    await until(() => root.querySelector('.person-name')?.textContent === 'Do CRM');
    expect(gateway.calls.every(({ name }) => name !== 'customers.create')).to.equal(true);
  });

  it('says that there is nobody to show', async () => {
    const panel = await fixture<ProsaCustomerPanel>(html`<prosa-customer-panel lang="pt-BR"></prosa-customer-panel>`);
    expect(panel.shadowRoot?.textContent).to.contain('Escolha uma conversa');
    await still(panel.shadowRoot!);
    await expect(panel).to.be.accessible();
  });
});
