import { expect, waitUntil } from '@open-wc/testing';
import './define.ts';
import { bubbles, openPhonePage, part, type } from '../testing/phone-page.ts';
import type { PhonePage } from '../testing/phone-page.ts';

/** Pictures do not go through `fetch`: the server of the tests answers them with 404, which no test here minds. */

let page: PhonePage;

beforeEach(async () => {
  page = await openPhonePage();
});
afterEach(async () => {
  await page.close();
});

const businessSays = (body: string): Promise<string> => page.businessSends({ type: 'text', text: { body } });

describe('whatsapp-phone', () => {
  it('invites to write, sends what is typed, and is accessible', async () => {
    const element = await page.phone();
    void expect(element.shadowRoot?.querySelector('.hint')?.textContent).to.contain('Marina Albuquerque');
    await expect(element).to.be.accessible();
    await type(element, 'Oi, não recebi o *boleto*');
    void expect(bubbles(element)[0]?.querySelector('strong')?.textContent).to.equal('boleto');
    void expect(page.simulator.phones[0]?.messages).to.have.length(1);
    await expect(element).to.be.accessible();
  });

  it('reads what arrives while the chat is open', async () => {
    const element = await page.phone();
    await type(element, 'Oi, tudo bem?');
    await businessSays('Boa tarde!');
    await waitUntil(() =>
      bubbles(element).some(({ dataset }) => dataset['from'] === 'business' && dataset['status'] === 'read'),
    );
  });

  it('does not read what arrives while it is locked, and shows it as a notification', async () => {
    const element = await page.phone();
    await type(element, 'Oi, tudo bem?');
    part(element, '.home')?.click();
    await element.updateComplete;
    await businessSays('Segredo da loja');
    await waitUntil(() => element.shadowRoot?.querySelector('.note') !== null);
    void expect(page.simulator.phones[0]?.messages.at(-1)?.status).to.equal('delivered');
    await expect(element).to.be.accessible();
    part(element, '.home')?.click();
    await waitUntil(() => page.simulator.phones[0]?.messages.at(-1)?.status === 'read');
  });

  it('shows marks of HTML and dangerous links as text', async () => {
    const element = await page.phone();
    await type(element, 'Oi, tudo bem?');
    await businessSays('<img src=x onerror=alert(1)> javascript:alert(1) https://exemplo.com.br/a');
    await waitUntil(() => bubbles(element).length === 2);
    const bubble = bubbles(element)[1];
    void expect(bubble?.querySelector('img')).to.equal(null);
    void expect([...(bubble?.querySelectorAll('a') ?? [])].map((link) => link.href)).to.deep.equal([
      'https://exemplo.com.br/a',
    ]);
  });

  it('sends a photo and shows it', async () => {
    const element = await page.phone();
    const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    const file = new File([Uint8Array.from(atob(png), (c) => c.charCodeAt(0))], 'foto.png', { type: 'image/png' });
    const files = new DataTransfer();
    files.items.add(file);
    const input = part<HTMLInputElement>(element, 'input[type=file]');
    if (input) input.files = files.files;
    input?.dispatchEvent(new Event('change'));
    await waitUntil(() => element.shadowRoot?.querySelector('img.picture') !== null);
  });

  it('says so when a message could not be sent, and keeps the text', async () => {
    const element = await page.phone();
    globalThis.fetch = () => Promise.reject(new TypeError('no network'));
    const field = part<HTMLTextAreaElement>(element, 'textarea');
    if (field) field.value = 'Chegou?';
    part(element, '.send')?.click();
    await waitUntil(() => element.shadowRoot?.querySelector('[role=alert]') !== null);
    void expect(field?.value).to.equal('Chegou?');
  });
});
