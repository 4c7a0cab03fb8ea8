import '@prosa/whatsapp-simulator/phone/define';
import type { DemoConfig } from './session.ts';

/** The customer's part of a page: whose phone it is, and the phone. */
export function showPhone(root: HTMLElement, { phones }: DemoConfig): void {
  const select = root.querySelector<HTMLSelectElement>('[data-owner]');
  const place = root.querySelector<HTMLElement>('[data-phone]');
  if (!select || !place) return;

  select.replaceChildren(...phones.map(({ name, waId }) => new Option(name, waId)));
  const asked = new URLSearchParams(location.search).get('phone');
  if (asked !== null && phones.some(({ waId }) => waId === asked)) select.value = asked;
  select.addEventListener('change', () => {
    const address = new URL(location.href);
    address.searchParams.set('phone', select.value);
    history.replaceState(null, '', address);
    hold(select.value);
  });
  hold(select.value);

  function hold(waId: string): void {
    const phone = document.createElement('whatsapp-phone');
    phone.setAttribute('wa-id', waId);
    place?.replaceChildren(phone);
  }
}
