import type { SimulatorContext } from '../context.ts';
import type { BusinessNumber } from '../state/business-number.ts';
import type { Billing, MediaKind, MediaReference, MessageContent } from '../state/message.ts';
import type { DeliveryFailure } from '../webhooks/status.ts';

/** A link that the network has to fetch before the message can be shown. */
export interface LinkedFile {
  readonly link: string;
  readonly kind: MediaKind;
  readonly place: (content: MessageContent, media: MediaReference) => MessageContent;
}

/** A validated message body: what to show, and what may still go wrong. */
export interface Draft {
  readonly content: MessageContent;
  readonly reaction?: { readonly messageId: string; readonly emoji: string };
  readonly linked?: readonly LinkedFile[] | undefined;
  /** Accepted with 200, then reported as failed. */
  readonly failure?: DeliveryFailure | undefined;
  /** Category of a template; free-form messages are `service`. */
  readonly category?: Billing['category'];
}

/** Where a body is being read. */
export interface Reading {
  readonly context: SimulatorContext;
  readonly number: BusinessNumber;
}
