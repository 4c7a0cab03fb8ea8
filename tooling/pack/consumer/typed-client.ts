/**
 * What a developer's compiler makes of the packed declarations: never run, compiled with every TypeScript that we
 * promise. Where an error is expected, that there is none is one.
 */
import {
  type ApiError,
  createClient,
  hasCode,
  isProsaError,
  type ClientEvents,
  type Conversation,
  type Contact,
  type Customer,
  type Dispatch,
  type ErrorCode,
  type EventData,
  type EventType,
  type List,
  type Live,
  type Message,
  type ProsaClient,
  type ProsaError,
  type ProsaErrorCode,
} from '@prosa/core';
import { conversations, createClient as createModularClient, events, messages } from '@prosa/core/modular';

type IsAny<Type> = 0 extends 1 & Type ? true : false;
type Same<One, Other> =
  IsAny<One> extends true
    ? false
    : (<T>() => T extends One ? 1 : 2) extends <T>() => T extends Other ? 1 : 2
      ? true
      : false;
/** Compiles when the value is of exactly this type, and that is not `any`. */
const exactly =
  <Expected>() =>
  <Given>(_given: Given, verdict: Same<Given, Expected>): boolean =>
    verdict;

// Nothing has come apart on its way into the declarations: `any` would compile with everything below.
type Outcome<Result> =
  Result extends List<infer Item>
    ? Item
    : Result extends AsyncIterable<infer Item>
      ? Item
      : Result extends Live<infer Value>
        ? Value
        : Awaited<Result>;
/** Names of members that are `any`, take it or give it. */
type Rotten<Members> = {
  [Name in keyof Members]-?: Members[Name] extends (...given: infer Given) => infer Result
    ? true extends IsAny<Members[Name]> | IsAny<Given[number]> | IsAny<Outcome<Result>>
      ? Name
      : never
    : IsAny<Members[Name]> extends true
      ? Name
      : never;
}[keyof Members];
type RottenParts = {
  [Name in keyof ProsaClient]: ProsaClient[Name] extends object ? Rotten<ProsaClient[Name]> : never;
}[keyof ProsaClient];
type RottenPayloads = { [Type in EventType]: Rotten<EventData[Type]> }[EventType];
type RottenEntities = Rotten<Message> | Rotten<Conversation> | Rotten<Contact> | Rotten<Customer> | Rotten<Dispatch>;
export const rotten = (
  parts: RottenParts,
  members: Rotten<ProsaClient>,
  payloads: RottenPayloads,
  events: Rotten<ClientEvents>,
  entities: RottenEntities,
) => [
  exactly<never>()(parts, true),
  exactly<never>()(members, true),
  exactly<never>()(payloads, true),
  exactly<never>()(events, true),
  exactly<never>()(entities, true),
];

export async function useClient(prosa: ProsaClient, id: string): Promise<void> {
  // Names of events give typed payloads.
  const off = prosa.on('message.created', ({ type, cursor, data }) => {
    exactly<'message.created'>()(type, true);
    exactly<string>()(cursor, true);
    exactly<Message>()(data.message, true);
    exactly<Conversation>()(data.conversation, true);
    // @ts-expect-error: not in this event
    void data.customer;
    // @ts-expect-error: what comes off the wire is not changed in place
    data.message.id = 'msg_2';
  });
  exactly<() => void>()(off, true);
  prosa.on('customer.linked', ({ data: { contact, customer } }) => contact.customerId === customer.id);
  prosa.on('conversation.removed', ({ data }) => data.conversationId.length + data.version);
  prosa.on('connection.changed', ({ state }) => state === 'connected');
  prosa.on('typing.changed', (signal) => signal.conversationId);
  // @ts-expect-error: there is no such event
  prosa.on('message.creatd', () => undefined);
  // @ts-expect-error: a listener of another event
  prosa.on('agent.updated', (event: ClientEvents['queue.updated']) => event.data.queue);
  // @ts-expect-error: the state has another name
  prosa.on('connection.changed', ({ state }) => state === 'online');
  prosa.on('survey.answered', (event) => exactly<EventData['survey.answered']>()(event.data, true));

  for await (const { type, data } of prosa.events({ types: ['message.created'] })) {
    exactly<'message.created'>()(type, true);
    exactly<Message>()(data.message, true);
  }
  // @ts-expect-error: there is no such event
  void prosa.events({ types: ['message.creatd'] });

  // Methods take what the contract takes, and give what it gives.
  exactly<List<Conversation>>()(prosa.conversations.list(), true);
  const { data, nextCursor } = await prosa.conversations.list({ tab: 'waiting', limit: 10 });
  exactly<string | null>()(nextCursor, true);
  for await (const conversation of prosa.conversations.list()) exactly<Conversation>()(conversation, true);
  exactly<readonly Conversation[]>()(data, true);
  await prosa.messages.send(id, { type: 'text', text: 'Olá!' }, { signal: AbortSignal.timeout(1000) });
  await prosa.conversations.transfer(id, { to: { queueId: 'que_1' } });
  // @ts-expect-error: there is no such tab
  void prosa.conversations.list({ tab: 'wating' });
  // @ts-expect-error: a text has its text
  void prosa.messages.send(id, { type: 'text' });
  // @ts-expect-error: to an agent or to a queue
  void prosa.conversations.transfer(id, { to: { agent: 'agt_1' } });
  // @ts-expect-error: with a reason
  void prosa.conversations.discard(id);
  // @ts-expect-error: a list gives pages, not conversations
  void data.map(({ data: page }) => page);

  // Live values.
  const thread = prosa.live.thread(id);
  exactly<readonly Message[]>()(thread.value.messages, true);
  const counts: Live<unknown> = prosa.live.counts();
  // @ts-expect-error: it is read, not written
  counts.value = null;

  // Contents tell themselves apart by their type.
  for (const { content } of thread.value.messages) {
    if (content.type === 'text') exactly<string>()(content.text, true);
    // @ts-expect-error: only some contents have an attachment
    void content.attachment;
  }
}

export function readError(error: unknown): string | undefined {
  if (hasCode(error, 'conversation_taken') && exactly<ApiError>()(error, true)) return error.owner?.name;
  if (hasCode(error, 'timeout')) exactly<ProsaError>()(error, true);
  // @ts-expect-error: there is no such code
  hasCode(error, 'conversation_takn');
  if (!isProsaError(error)) return undefined;
  const code: ProsaErrorCode = error.code;
  // A newer gateway may have others.
  const known: ErrorCode = 'window_closed';
  const codes: readonly ProsaErrorCode[] = [known, 'aborted', 'one_of_tomorrow'];
  // @ts-expect-error: errors are what they are
  error.retryable = false;
  return `${codes.includes(code)} ${error.requestId ?? ''}`;
}

// A client of some parts has those, and no others.
const some = createModularClient({ baseUrl: '', token: () => Promise.resolve(''), resources: [conversations, events] });
some.on('message.created', ({ data }) => data.message.content);
void some.conversations.accept('cnv_1');
// @ts-expect-error: not among its parts
void some.messages;
void createModularClient({ baseUrl: '', token: '', resources: [messages] }).messages.pendingAreSaved;

// @ts-expect-error: where is the gateway?
createClient({ token: '' });
// @ts-expect-error: a token is a text, or a function that gets one
createClient({ baseUrl: '', token: 42 });
