import { WhatsAppPhone } from './whatsapp-phone.ts';

if (typeof customElements !== 'undefined' && !customElements.get(WhatsAppPhone.tagName)) {
  customElements.define(WhatsAppPhone.tagName, WhatsAppPhone);
}
