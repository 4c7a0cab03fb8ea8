export { WhatsAppPhone } from './whatsapp-phone.ts';
