import type { Phone, PhoneMessage } from '@prosa/whatsapp-simulator';

/** The first message of the business on this phone that has these words, now or within 5 seconds. */
export function arrives(phone: Phone, words: string): Promise<PhoneMessage> {
  return phone.waitFor(({ from, content }) => from === 'business' && 'body' in content && content.body.includes(words));
}
