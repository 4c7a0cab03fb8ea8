import { expect, waitUntil } from '@open-wc/testing';
import './define.ts';
import { bubbles, openPhonePage, part, type } from '../testing/phone-page.ts';
import type { PhonePage } from '../testing/phone-page.ts';
import type { WhatsAppPhone } from './whatsapp-phone.ts';

/** Pictures do not go through `fetch`: the server of the tests answers them with 404, which no test here minds. */

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

const all = (selector: string): HTMLElement[] => [
  ...(element.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? []),
];
const last = (): HTMLElement | undefined => bubbles(element).at(-1);
const wire = (): Readonly<Record<string, unknown>> | undefined => page.inbound().at(-1);

async function count(expected: number): Promise<void> {
  await waitUntil(() => bubbles(element).length === expected, `${expected} bubbles`);
  await page.simulator.settled();
}
async function shows(selector: string): Promise<void> {
  await waitUntil(() => part(element, selector) !== null, `${selector} is shown`);
  await Promise.all(element.shadowRoot?.getAnimations().map(({ finished }) => finished) ?? []);
}
function press(words: string): void {
  const found = all('.sheet button, .action').find((one) => one.textContent.trim().startsWith(words));
  if (!found) throw new Error(`there is no ${words}`);
  found.click();
}
async function openMenu(index: number): Promise<void> {
  bubbles(element)[index]?.querySelector<HTMLElement>('.more')?.click();
  await shows('.sheet');
}
const ask = (kind: string, action: object, over: object = {}): Promise<string> =>
  page.businessSends({
    type: 'interactive',
    interactive: { type: kind, body: { text: 'Como podemos ajudar?' }, action, ...over },
  });

describe('kinds of messages on whatsapp-phone', () => {
  it('draw places, contacts and cards, accessibly', async () => {
    await page.businessSends({ type: 'location', location: { latitude: -7.1, longitude: -34.8, name: 'Loja Cacau' } });
    await page.businessSends({
      type: 'contacts',
      contacts: [{ name: { formatted_name: 'Rosa Nogueira' }, phones: [{ phone: '+55 83 9 8811-4520' }] }],
    });
    const image = { link: 'https://arquivos.example/cacau.png' };
    const card = (index: number): object => ({
      card_index: index,
      type: 'cta_url',
      header: { type: 'image', image },
      body: { text: `Torra ${index + 1}` },
      action: { name: 'cta_url', parameters: { display_text: 'Ver', url: 'https://loja.example/' } },
    });
    const file = new Response(new Uint8Array([1]), { headers: { 'content-type': 'image/png' } });
    page.serveFiles(file);
    await ask('carousel', { cards: [card(0), card(1)] });
    await count(4);
    void expect(part(element, '.place-name')?.textContent).to.equal('Loja Cacau');
    void expect(part(element, '.contact')?.textContent).to.contain('+55 83 9 8811-4520');
    void expect(all('.card').map((one) => one.textContent.replaceAll(/\s+/g, ' ').trim())).to.deep.equal([
      'Torra 1 Ver',
      'Torra 2 Ver',
    ]);
    await expect(element).to.be.accessible();
  });

  it('draw what an order costs, and where it is', async () => {
    const order = { reference_id: 'pedido-8812', order: { status: 'shipped' } };
    await ask('order_status', { name: 'review_order', parameters: order });
    await shows('.order');
    const words = part(element, '.order')?.textContent;
    void expect(words).to.contain('pedido-8812');
    void expect(words).to.contain('Enviado');
  });
});

describe('answers on whatsapp-phone', () => {
  it('fill in a form, once', async () => {
    await ask('flow', {
      name: 'flow',
      parameters: {
        flow_message_version: '3',
        flow_id: '7001',
        flow_cta: 'Agendar',
        flow_token: 'agenda-1',
        flow_action: 'navigate',
        flow_action_payload: { screen: 'AGENDA', data: { dia: 'sexta-feira' } },
      },
    });
    await shows('.action');
    press('Agendar');
    await shows('.sheet');
    await expect(element).to.be.accessible();
    const field = part<HTMLInputElement>(element, '.field input');
    void expect(element.shadowRoot?.activeElement).to.equal(field);
    if (field) field.value = 'sábado';
    press('Enviar');
    await count(3);
    void expect(last()?.textContent).to.contain('Formulário enviado');
    void expect(wire()?.['interactive']).to.deep.equal({
      type: 'nfm_reply',
      nfm_reply: { name: 'flow', body: 'Sent', response_json: '{"dia":"sábado","flow_token":"agenda-1"}' },
    });
    void expect(part(element, '.action')?.getAttribute('aria-disabled')).to.equal('true');
    press('Agendar');
    await element.updateComplete;
    void expect(part(element, '.sheet')).to.equal(null);
  });

  it('order what is offered', async () => {
    const sections = [
      { title: 'Cafés', product_items: [{ product_retailer_id: 'cafe-01' }, { product_retailer_id: 'cafe-02' }] },
    ];
    await ask('product_list', { catalog_id: '300', sections }, { header: { type: 'text', text: 'Cafés' } });
    await shows('.action');
    press('Ver produtos');
    await shows('.sheet');
    await expect(element).to.be.accessible();
    const [first, second] = all('.quantity') as HTMLInputElement[];
    if (first && second) [first.value, second.value] = ['0', '3'];
    press('Enviar pedido');
    await count(3);
    void expect(last()?.textContent).to.contain('3 × cafe-02');
    void expect((wire()?.['order'] as { product_items: unknown[] }).product_items).to.have.length(1);
  });

  it('give a place and leave to call', async () => {
    await ask('location_request_message', { name: 'send_location' });
    await shows('.action');
    press('Enviar localização');
    await shows('.sheet');
    press('Casa');
    await count(3);
    void expect(wire()?.['type']).to.equal('location');
    await ask('call_permission_request', { name: 'call_permission_request' });
    await count(4);
    press('Permitir ligações');
    await shows('.sheet');
    press('Não permitir');
    await count(5);
    void expect(last()?.textContent).to.contain('Ligações recusadas');
  });
});

describe('what one does with a message on whatsapp-phone', () => {
  it('reacts, and takes the reaction away', async () => {
    await page.businessSends({ type: 'text', text: { body: 'Chegou o café' } });
    await count(2);
    await openMenu(1);
    await expect(element).to.be.accessible();
    part(element, '[aria-label="Reagir com ❤️"]')?.click();
    await waitUntil(() => part(element, '.reactions')?.textContent === '❤️');
    void expect(element.shadowRoot?.activeElement).to.equal(bubbles(element)[1]?.querySelector('.more'));
    await openMenu(1);
    const chosen = part(element, '[aria-label="Reagir com ❤️"]');
    void expect(chosen?.getAttribute('aria-pressed')).to.equal('true');
    chosen?.click();
    await waitUntil(() => part(element, '.reactions') === null);
    await page.simulator.settled();
    void expect(
      page
        .inbound()
        .slice(-2)
        .map((each) => Object.keys(each['reaction'] as object)),
    ).to.deep.equal([['message_id', 'emoji'], ['message_id']]);
  });

  it('opens its menu under a finger that stays', async () => {
    const target = bubbles(element)[0];
    target?.dispatchEvent(new PointerEvent('pointerdown', { pointerType: 'touch', bubbles: true }));
    await shows('.sheet');
    void expect(part(element, '#sheet-title')?.textContent).to.equal('Mensagem');
  });

  it('answers with a quote, which can be dropped', async () => {
    const id = await page.businessSends({ type: 'text', text: { body: 'Chegou o café' } });
    await count(2);
    await openMenu(1);
    press('Responder');
    await shows('.aim');
    void expect(part(element, '.aim')?.textContent).to.contain('Chegou o café');
    part(element, '.aim-drop')?.click();
    await element.updateComplete;
    void expect(part(element, '.aim')).to.equal(null);
    await openMenu(1);
    press('Responder');
    await shows('.aim');
    await expect(element).to.be.accessible();
    await type(element, 'Que bom saber');
    await page.simulator.settled();
    void expect(wire()?.['context']).to.deep.equal({ from: '558330001000', id });
    void expect(part(element, '.aim')).to.equal(null);
  });

  it('edits, forwards and deletes what is one’s own', async () => {
    await openMenu(0);
    press('Editar');
    await shows('.aim');
    await element.updateComplete;
    const field = part<HTMLTextAreaElement>(element, 'textarea');
    await waitUntil(() => field?.value === 'Oi, tudo bem?');
    if (field) field.value = 'Olá, tudo bem?';
    part(element, '.send')?.click();
    await waitUntil(() => bubbles(element)[0]?.textContent.includes('Editada') === true);
    await openMenu(0);
    press('Encaminhar');
    await count(2);
    void expect(last()?.textContent).to.contain('Encaminhada');
    await openMenu(0);
    press('Apagar para todos');
    await waitUntil(() => bubbles(element)[0]?.textContent.includes('Mensagem apagada') === true);
    await page.simulator.settled();
    void expect(page.inbound().map((each) => each['type'])).to.deep.equal(['text', 'edit', 'text', 'revoke']);
    void expect(bubbles(element)[0]?.querySelector('.more')).to.equal(null);
    await expect(element).to.be.accessible();
  });
});

describe('the phone’s own sheets', () => {
  it('send a sticker, a place and a contact', async () => {
    part(element, '.extras')?.click();
    await shows('.sheet');
    await expect(element).to.be.accessible();
    part(element, '[aria-label="Figurinha ☕"]')?.click();
    await count(2);
    void expect(wire()).to.deep.include({ type: 'sticker' });
    void expect((wire()?.['sticker'] as { mime_type: string }).mime_type).to.equal('image/webp');
    part(element, '.extras')?.click();
    await shows('.sheet');
    press('Praça da Aurora');
    await count(3);
    part(element, '.extras')?.click();
    await shows('.sheet');
    press('Rosa Nogueira');
    await count(4);
    void expect(
      page
        .inbound()
        .slice(-2)
        .map((each) => each['type']),
    ).to.deep.equal(['location', 'contacts']);
  });

  it('stop marketing, go offline and change the number', async () => {
    part(element, '.who')?.click();
    await shows('.sheet');
    await expect(element).to.be.accessible();
    const [offers] = all('.switch') as HTMLInputElement[];
    offers?.click();
    await waitUntil(() => element.view?.chats[0]?.stopped === true);
    all('.switch')[1]?.click();
    await waitUntil(() => part(element, '.who')?.textContent.includes('sem conexão') === true);
    all('.switch')[1]?.click();
    await waitUntil(() => element.view?.online === true);
    const field = part<HTMLInputElement>(element, '.number-form input');
    if (field) field.value = '+55 83 9 8811-4520';
    let told = '';
    element.addEventListener('number-change', (event) => {
      told = (event as CustomEvent<{ waId: string }>).detail.waId;
    });
    press('Trocar');
    await waitUntil(() => element.view?.waId === '5583988114520');
    void expect([element.waId, told]).to.deep.equal(['5583988114520', '5583988114520']);
    void expect(bubbles(element)).to.have.length(1);
  });
});
