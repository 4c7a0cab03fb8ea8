import { expect, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import './define.ts';
import { bubbles, openPhonePage, part, type } from '../testing/phone-page.ts';
import type { PhonePage } from '../testing/phone-page.ts';
import type { WhatsAppPhone } from './whatsapp-phone.ts';

let page: PhonePage;
let element: WhatsAppPhone;

beforeEach(async () => {
  page = await openPhonePage();
  element = await page.phone();
  await type(element, 'Oi, tudo bem?');
});
afterEach(async () => {
  await page.close();
});

const text = (...values: string[]): object[] => values.map((value) => ({ type: 'text', text: value }));
const actions = (): HTMLElement[] => [...(element.shadowRoot?.querySelectorAll<HTMLElement>('.action') ?? [])];
const labels = (): string[] => actions().map((one) => one.textContent.trim());
const states = (): (string | null)[] => actions().map((one) => one.getAttribute('aria-disabled'));
const focused = (): Element | null | undefined => element.shadowRoot?.activeElement;
const rows = (): HTMLInputElement[] => [
  ...(element.shadowRoot?.querySelectorAll<HTMLInputElement>('.row input') ?? []),
];

async function shows(selector: string): Promise<void> {
  await waitUntil(() => part(element, selector) !== null, `${selector} is shown`);
}

const reopening = {
  type: 'template',
  template: {
    name: 'retomar_atendimento',
    language: { code: 'pt_BR' },
    components: [{ type: 'body', parameters: text('Marina', 'o pedido 8812') }],
  },
};
const reply = (id: string, title: string): object => ({ type: 'reply', reply: { id, title } });
const question = {
  type: 'interactive',
  interactive: {
    type: 'button',
    header: { type: 'text', text: 'Pesquisa rápida' },
    body: { text: 'Seu problema foi *resolvido*?' },
    footer: { text: 'Leva um minuto' },
    action: { buttons: [reply('s', 'Sim'), reply('n', 'Não')] },
  },
};
const list = {
  type: 'interactive',
  interactive: {
    type: 'list',
    body: { text: 'Como foi o atendimento?' },
    action: {
      button: 'Avaliar',
      sections: [
        { title: 'Foi bom', rows: [{ id: '5', title: 'Ótimo', description: 'Resolveu tudo' }] },
        {
          title: 'Pode melhorar',
          rows: [
            { id: '2', title: 'Ruim' },
            { id: '1', title: 'Péssimo' },
          ],
        },
      ],
    },
  },
};

describe('messages with choices on whatsapp-phone', () => {
  it('draw a template with its variables filled, its footer and its buttons', async () => {
    await page.businessSends(reopening);
    await shows('.rich');
    const bubble = part(element, '.rich');
    void expect(bubble?.textContent).to.contain('Olá, Marina! Aqui é da Loja Cacau.');
    void expect(bubble?.textContent).to.contain('sobre o pedido 8812?');
    void expect(bubble?.querySelector('.footer')?.textContent).to.equal('Responda para falar com a gente');
    void expect(labels()).to.deep.equal(['Sim, vamos continuar', 'Agora não']);
    await expect(element).to.be.accessible();
  });

  it('never run what a parameter brings', async () => {
    await page.businessSends({
      ...reopening,
      template: {
        ...reopening.template,
        components: [{ type: 'body', parameters: text('<img src=x onerror=alert(1)>', 'javascript:alert(1)') }],
      },
    });
    await shows('.rich');
    void expect(part(element, '.rich img, .rich a')).to.equal(null);
    void expect(part(element, '.rich')?.textContent).to.contain('<img src=x onerror=alert(1)>');
  });

  it('take one tap, then stay as they are', async () => {
    await page.businessSends(question);
    await shows('.rich');
    actions()[0]?.focus();
    actions()[0]?.click();
    actions()[0]?.click();
    await waitUntil(() => bubbles(element).length === 3);
    actions()[1]?.click();
    await page.simulator.settled();
    void expect(states()).to.deep.equal(['true', 'true']);
    void expect(focused()).to.equal(actions()[0]);
    const answers = page.inbound().filter((message) => message['type'] === 'interactive');
    void expect(answers.map((message) => message['interactive'])).to.deep.equal([
      { type: 'button_reply', button_reply: { id: 's', title: 'Sim' } },
    ]);
    await expect(element).to.be.accessible();
  });

  it('can be tapped again when the tap did not go through', async () => {
    await page.businessSends(question);
    await shows('.rich');
    const working = globalThis.fetch;
    globalThis.fetch = () => Promise.reject(new TypeError('no network'));
    actions()[0]?.click();
    await shows('[role=alert]');
    globalThis.fetch = working;
    void expect(states()).to.deep.equal(['false', 'false']);
    actions()[1]?.click();
    await waitUntil(() => bubbles(element).length === 3);
    void expect(states()).to.deep.equal(['true', 'true']);
  });

  it('are known as answered by a phone that is opened later', async () => {
    await page.businessSends(reopening);
    await shows('.rich');
    actions()[1]?.click();
    await waitUntil(() => bubbles(element).length === 3);
    element = await page.phone();
    await waitUntil(() => states().length === 2);
    void expect(states()).to.deep.equal(['true', 'true']);
  });

  it('lead to a link, a call and a code, and to nothing else', async () => {
    page.simulator.addTemplate('108000000001000', {
      name: 'cupom',
      language: 'pt_BR',
      category: 'MARKETING',
      components: [
        { type: 'BODY', text: 'Seu cupom chegou.' },
        {
          type: 'BUTTONS',
          buttons: [
            { type: 'COPY_CODE', text: 'Copiar código' },
            { type: 'URL', text: 'Abrir a loja', url: 'https://loja.example/' },
            { type: 'URL', text: 'Truque', url: 'javascript:alert(1)' },
            { type: 'PHONE_NUMBER', text: 'Ligar', phone_number: '+55 83 3000-1000' },
          ],
        },
      ],
    });
    const parameters = [{ type: 'coupon_code', coupon_code: 'CACAU15' }];
    const components = [{ type: 'button', sub_type: 'copy_code', index: '0', parameters }];
    await page.businessSends({
      type: 'template',
      template: { name: 'cupom', language: { code: 'pt_BR' }, components },
    });
    await shows('.rich');
    void expect(labels()).to.deep.equal(['Copiar código', 'Abrir a loja', 'Truque', 'Ligar']);
    void expect(actions().map((one) => (one as HTMLAnchorElement).href)).to.deep.equal([
      undefined,
      'https://loja.example/',
      undefined,
      'tel:+558330001000',
    ]);
    await expect(element).to.be.accessible();
  });

  it('are quoted by the answer, which leads back to them', async () => {
    const id = await page.businessSends(question);
    await shows('.rich');
    actions()[0]?.click();
    await shows('.quote');
    const quote = part(element, '.quote');
    void expect(quote?.querySelector('.quote-author')?.textContent).to.equal('Loja Cacau');
    void expect(quote?.querySelector('.quote-line')?.textContent).to.equal('Seu problema foi *resolvido*?');
    quote?.click();
    void expect(part(element, '.pointed')?.dataset['messageId']).to.equal(id);
  });
});

describe('the list on whatsapp-phone', () => {
  async function open(): Promise<void> {
    await page.businessSends(list);
    await shows('[data-opens]');
    part(element, '[data-opens]')?.focus();
    await sendKeys({ press: 'Enter' });
    await shows('.sheet');
    await Promise.all(element.shadowRoot?.getAnimations().map(({ finished }) => finished) ?? []);
  }

  it('opens a sheet with its sections, and nothing behind it can be reached', async () => {
    await open();
    void expect(part(element, '.sheet h2')?.textContent).to.equal('Avaliar');
    void expect(part(element, '.rows')?.textContent).to.contain('Foi bom');
    void expect(rows().map((row) => row.value)).to.deep.equal(['5', '2', '1']);
    void expect(part(element, '.page')?.inert).to.equal(true);
    void expect(part<HTMLButtonElement>(element, '.sheet-send')?.disabled).to.equal(true);
    await expect(element).to.be.accessible();
  });

  it('is answered by keyboard alone', async () => {
    await open();
    void expect(focused()).to.equal(rows()[0]);
    await sendKeys({ press: 'Enter' });
    void expect(part(element, '.sheet')).not.to.equal(null);
    await sendKeys({ press: 'ArrowDown' });
    await element.updateComplete;
    void expect(rows().map((row) => row.checked)).to.deep.equal([false, true, false]);
    await expect(element).to.be.accessible();
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => bubbles(element).length === 3);
    await page.simulator.settled();
    void expect(part(element, '.sheet')).to.equal(null);
    void expect(focused()).to.equal(part(element, '[data-opens]'));
    void expect(page.inbound().at(-1)?.['interactive']).to.deep.equal({
      type: 'list_reply',
      list_reply: { id: '2', title: 'Ruim' },
    });
  });

  it('keeps the focus inside', async () => {
    await open();
    await sendKeys({ press: 'ArrowDown' });
    await element.updateComplete;
    const visited: string[] = [];
    for (const back of [false, false, false, true]) {
      if (back) await sendKeys({ down: 'Shift' });
      await sendKeys({ press: 'Tab' });
      if (back) await sendKeys({ up: 'Shift' });
      const at = focused();
      visited.push(at instanceof HTMLInputElement ? at.value : (at?.className ?? 'outside'));
    }
    void expect(visited).to.deep.equal(['sheet-send', 'sheet-close', '2', 'sheet-close']);
  });

  for (const [name, act] of [
    ['Escape', () => sendKeys({ press: 'Escape' })],
    ['Fechar', () => part(element, '.sheet-close')?.click()],
    ['a tap outside', () => part(element, '.scrim')?.click()],
  ] as const) {
    it(`closes without an answer by ${name}, and gives the focus back`, async () => {
      await open();
      rows()[0]?.click();
      await act();
      await element.updateComplete;
      void expect(part(element, '.sheet')).to.equal(null);
      void expect(part(element, '.page')?.inert).to.equal(false);
      void expect(focused()).to.equal(part(element, '[data-opens]'));
      await page.simulator.settled();
      void expect(bubbles(element)).to.have.length(2);
    });
  }

  it('can be answered again, as on WhatsApp', async () => {
    await open();
    rows()[2]?.click();
    await element.updateComplete;
    part(element, '.sheet-send')?.click();
    await waitUntil(() => bubbles(element).length === 3);
    part(element, '[data-opens]')?.click();
    await shows('.sheet');
    void expect(rows().some((row) => row.checked)).to.equal(false);
  });
});
