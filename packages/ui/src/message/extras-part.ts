import type { LitElement } from 'lit';
import { LazyPart } from '../controllers/lazy-part.ts';
import type { MessageExtras } from './extras/message-extras.ts';

/**
 * What goes beyond texts and files: places, cards, orders, questions, quotes, reactions, and what an agent does with a
 * message. It comes with the first thread, after what is read. Without a connection nothing is told: the next drawing
 * asks for it again.
 */
export function extrasPart(host: LitElement): LazyPart<MessageExtras> {
  return new LazyPart(
    host,
    async () => {
      const { MessageExtras: Extras } = await import('./extras/message-extras.ts');
      return new Extras(host);
    },
    () => undefined,
  );
}
