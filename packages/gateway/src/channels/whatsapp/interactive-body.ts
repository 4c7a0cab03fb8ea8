import type { InteractiveSend, MessageContent } from '@prosa/core/contract';
import type { Outbound } from '../channel.ts';
import { interactiveRequest } from './interactive-request.ts';
import type { MediaIds, Said, Unsendable } from './message-body.ts';

type Interactive = Extract<MessageContent, { readonly type: 'interactive' }>;

/** Meta, "Interactive reply buttons messages" and "Interactive list messages": how long and how many. */
const limits = {
  button: { text: 1024, options: 3, id: 256, title: 20 },
  list: { text: 4096, options: 10, id: 200, title: 24, label: 20 },
} as const;

type InteractiveBody = Readonly<Record<'type' | 'body' | 'action', unknown>>;

/** The `interactive` object of a message: as it was asked for, or what the gateway itself asks. */
export function interactiveBody(
  content: Readonly<Record<string, unknown>>,
  outbound: Pick<Outbound, 'message' | 'attachment' | 'files'>,
  mediaIds: MediaIds,
): Said {
  const { raw, ...shown } = content as { readonly raw?: { readonly interactive?: InteractiveSend } };
  if (raw?.interactive) return interactiveRequest(raw.interactive, outbound, mediaIds);
  const body = questionBody(shown);
  return 'code' in body ? body : { body };
}

/** A question with answers to tap: reply buttons, or a list behind a button. */
export function questionBody(content: Readonly<Record<string, unknown>>): InteractiveBody | Unsendable {
  const { text, listLabel, options } = content as Omit<Interactive, 'type'>;
  const limit = listLabel === null ? limits.button : limits.list;
  if (options.length === 0 || options.length > limit.options) {
    return { code: 'too_many_options', detail: `${String(options.length)} options cannot be sent` };
  }
  const tooLong =
    isLonger(text, limit.text) ||
    (listLabel !== null && isLonger(listLabel, limits.list.label)) ||
    options.some(({ id, title }) => isLonger(id, limit.id) || isLonger(title, limit.title));
  if (tooLong) return { code: 'too_long', detail: 'the question or one of its options is too long' };
  const body = { text };
  if (listLabel !== null) {
    const rows = options.map(({ id, title }) => ({ id, title }));
    return { type: 'list', body, action: { button: listLabel, sections: [{ rows }] } };
  }
  const buttons = options.map(({ id, title }) => ({ type: 'reply', reply: { id, title } }));
  return { type: 'button', body, action: { buttons } };
}

function isLonger(text: string, length: number): boolean {
  return text.length > length && Array.from(text).length > length;
}
