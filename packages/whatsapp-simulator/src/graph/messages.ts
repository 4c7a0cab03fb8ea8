import type { SimulatorContext } from '../context.ts';
import { messageId } from '../ids.ts';
import type { JsonObject } from '../json.ts';
import { markReadByBusiness } from '../network/inbound.ts';
import { carry } from '../network/outbound.ts';
import { showTyping } from '../network/threads.ts';
import type { BusinessNumber } from '../state/business-number.ts';
import { mediaReference } from '../state/media.ts';
import type { Billing, StoredMessage } from '../state/message.ts';
import { isStopped } from '../state/customer.ts';
import { numberForms } from '../state/number-forms.ts';
import { findMessage, threadOf } from '../state/state.ts';
import { freeEntryMs, isWindowOpen, serviceWindowMs } from '../state/thread.ts';
import type { Thread } from '../state/thread.ts';
import type { DeliveryFailure } from '../webhooks/status.ts';
import { readContacts, readLocation, readMedia, readReaction, readText } from './content.ts';
import type { Draft, Reading } from './draft.ts';
import { given, requireObject } from './fields.ts';
import { readInteractive } from './interactive.ts';
import { fetchLinkedMedia } from './linked-media.ts';
import { readRecipient } from './recipient.ts';
import { GraphRefusal, invalidParameter } from './refusal.ts';
import { readTemplate } from './template-send.ts';

const callbackDataMax = 512;
/** An authentication template that is not delivered in time is of no use to anybody. */
const authenticationLifetimeMs = 10 * 60 * 1000;

const types = [
  'audio',
  'contacts',
  'document',
  'image',
  'interactive',
  'location',
  'reaction',
  'sticker',
  'template',
  'text',
  'video',
];

/** What a group takes (Meta's groups page). */
const groupTypes = ['audio', 'document', 'image', 'sticker', 'template', 'text', 'video'];

function readBody(reading: Reading, type: string, body: JsonObject): Draft {
  switch (type) {
    case 'text':
      return readText(body);
    case 'audio':
    case 'document':
    case 'image':
    case 'sticker':
    case 'video':
      return readMedia(reading, type, body);
    case 'location':
      return readLocation(body);
    case 'contacts':
      return readContacts(body);
    case 'reaction':
      return readReaction(reading, body);
    case 'interactive':
      return readInteractive(reading, body);
    case 'template':
      return readTemplate(reading, body);
    case 'pin':
    case 'order':
      throw new GraphRefusal(131051, { details: `Message type '${type}' is not carried by the simulator.` });
    default: {
      const known = types.map((each) => each.toUpperCase()).join(', ');
      throw new GraphRefusal(100, { message: `(#100) Param type must be one of {${known}} - got "${type}".` });
    }
  }
}

function requireProduct(body: JsonObject): void {
  const { messaging_product: product } = body;
  if (product === undefined)
    throw new GraphRefusal(100, { message: '(#100) The parameter messaging_product is required.' });
  if (product !== 'whatsapp') {
    throw new GraphRefusal(100, {
      message: `(#100) Param messaging_product must be one of {WHATSAPP} - got "${String(product)}".`,
    });
  }
}

/** `{"status":"read"}`: the customer sees blue ticks, and the typing dots when asked for. */
function markRead(context: SimulatorContext, number: BusinessNumber, body: JsonObject): JsonObject {
  if (body.status !== 'read')
    throw new GraphRefusal(100, {
      message: `(#100) Param status must be one of {READ} - got "${String(body.status)}".`,
    });
  const id = body.message_id;
  if (typeof id !== 'string') throw new GraphRefusal(100, { message: '(#100) The parameter message_id is required.' });
  const message = findMessage(context.state, number.phoneNumberId, id);
  if (message?.from !== 'customer') throw invalidParameter(`Message with ID '${id}' does not exist.`);
  const typing = body.typing_indicator === undefined ? undefined : requireObject(body, 'typing_indicator');
  if (typing && typing.type !== 'text') throw invalidParameter("Param typing_indicator['type'] must be one of {TEXT}.");
  const thread = threadOf(context.state, number.phoneNumberId, message.waId);
  markReadByBusiness(context, thread, id);
  if (typing) showTyping(context, thread);
  return { success: true };
}

function billingOf(thread: Thread, category: Billing['category'], now: number): Billing {
  if ((thread.freeEntryUntil ?? 0) > now) return { category, type: 'free_entry_point' };
  const included = category === 'service' || (category === 'utility' && isWindowOpen(thread, now));
  return { category, type: included ? 'free_customer_service' : 'regular' };
}

function callbackDataOf(body: JsonObject): string | undefined {
  const { biz_opaque_callback_data: data } = body;
  if (data === undefined || data === null) return undefined;
  if (typeof data !== 'string') throw invalidParameter('Param biz_opaque_callback_data must be a string.');
  if ([...data].length > callbackDataMax) {
    throw invalidParameter(`Param biz_opaque_callback_data must be at most ${callbackDataMax} characters long.`);
  }
  return data;
}

function quotedId(body: JsonObject, type: string): string | undefined {
  if (body.context === undefined) return undefined;
  const id = requireObject(body, 'context').message_id;
  if (typeof id !== 'string' || id === '') throw invalidParameter("Param context['message_id'] must be a message id.");
  if (type === 'reaction') throw invalidParameter('A reaction cannot be a contextual reply.');
  return id;
}

export interface SendOutcome {
  readonly answer: JsonObject;
  readonly messageId?: string;
  readonly callbackData?: string | undefined;
}

/** `POST /{phone-number-id}/messages`. Raises {@link GraphRefusal}; a result means accepted, not sent. */
export function sendMessage(context: SimulatorContext, number: BusinessNumber, body: JsonObject): SendOutcome {
  requireProduct(body);
  if (body.status !== undefined) return { answer: markRead(context, number, body) };

  const recipient = readRecipient(context, number, body);
  const type = body.type === undefined ? 'text' : String(body.type);
  if (recipient.group && types.includes(type) && !groupTypes.includes(type)) {
    throw new GraphRefusal(131051, { details: `Message type '${type}' cannot be sent to a group.` });
  }
  const draft = readBody({ context, number }, type, body);
  const callbackData = callbackDataOf(body);
  const replyTo = quotedId(body, type);

  const now = context.clock.now();
  const thread = threadOf(context.state, number.phoneNumberId, recipient.waId);
  if (thread.entryAt !== undefined && now - thread.entryAt < serviceWindowMs) {
    thread.freeEntryUntil = now + freeEntryMs;
    delete thread.entryAt;
  }
  const id = messageId(recipient.waId, 'business');
  const category = draft.category ?? 'service';
  const message: StoredMessage = {
    id,
    phoneNumberId: number.phoneNumberId,
    waId: recipient.waId,
    from: 'business',
    at: now,
    status: 'pending',
    content: draft.content,
    reactions: {},
    billing: billingOf(thread, category, now),
    ...given('replyTo', replyTo),
    ...given('callbackData', callbackData),
    ...(recipient.group ? { group: true } : {}),
    ...(category === 'authentication' ? { timeToLive: authenticationLifetimeMs } : {}),
  };

  carry(context, {
    number,
    customer: recipient.customer,
    message,
    reaction: draft.reaction,
    failure: failureOf(context, thread, recipient, draft, number),
    prepare: draft.linked && draft.linked.length > 0 ? () => fetchAll(context, number, message, draft) : undefined,
  });
  return {
    messageId: id,
    callbackData,
    answer: {
      messaging_product: 'whatsapp',
      contacts: [recipient.answer],
      messages: [
        {
          id,
          ...(type === 'template' ? { message_status: 'accepted' } : {}),
          ...(recipient.group ? { group_id: recipient.waId } : {}),
        },
      ],
    },
  };
}

/** Fetches the linked files one by one, as they come in the message; the first that fails spoils it. */
async function fetchAll(
  context: SimulatorContext,
  number: BusinessNumber,
  message: StoredMessage,
  draft: Draft,
): Promise<StoredMessage | DeliveryFailure> {
  let { content } = draft;
  for (const file of draft.linked ?? []) {
    const fetched = await fetchLinkedMedia(context, number, file);
    if ('code' in fetched) return fetched;
    content = file.place(content, mediaReference(fetched));
  }
  return { ...message, content };
}

function failureOf(
  context: SimulatorContext,
  thread: Thread,
  recipient: ReturnType<typeof readRecipient>,
  draft: Draft,
  number: BusinessNumber,
): DeliveryFailure | undefined {
  const subject = { phoneNumberId: number.phoneNumberId, addresses: numberForms(recipient.waId) };
  const asked = context.faults.take('fail_message', subject);
  if (asked) return { code: asked.code, ...given('details', asked.details) };
  if (recipient.group) return draft.failure;
  if (!recipient.customer) return { code: 131026 };
  if (draft.category === 'marketing' && isStopped(recipient.customer, number)) return { code: 131050 };
  if (!draft.category && !isWindowOpen(thread, context.clock.now())) return { code: 131047 };
  return draft.failure;
}
