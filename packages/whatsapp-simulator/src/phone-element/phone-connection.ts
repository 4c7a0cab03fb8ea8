import type { Answer } from '../phone/answers.ts';
import type { ChatSummary, PhoneEvent, PhoneView } from '../phone/displays.ts';
import type { PhoneMessage } from '../state/message.ts';
import type { Place } from './place-rows.ts';

export interface PhoneConnectionOptions {
  /** Address of the simulator; the page's own when empty. */
  readonly baseUrl: string;
  readonly waId: string;
  readonly onView: (view: PhoneView) => void;
  readonly onLive: (live: boolean) => void;
}

/** One phone of the simulator over HTTP: what is on its screen, as it changes, and what a person does on it. */
export class PhoneConnection {
  readonly #options: PhoneConnectionOptions;
  #source: EventSource | null = null;
  #view: PhoneView | null = null;

  constructor(options: PhoneConnectionOptions) {
    this.#options = options;
  }

  /** Reconnects by itself; each connection begins with the whole screen. */
  open(): void {
    const source = new EventSource(this.#url('/events'));
    this.#source = source;
    source.addEventListener('open', () => this.#options.onLive(true));
    source.addEventListener('error', () => this.#options.onLive(false));
    for (const type of ['view', 'message', 'chat', 'phone'] as const) {
      source.addEventListener(type, (event) =>
        this.#apply(JSON.parse((event as MessageEvent<string>).data) as PhoneEvent),
      );
    }
  }

  close(): void {
    this.#source?.close();
    this.#source = null;
  }

  /** Every action rejects when the simulator does not take it. */
  async say(text: string, replyTo?: string): Promise<void> {
    await this.#send({ text, replyTo });
  }

  async tap(messageId: string, choice: string): Promise<void> {
    await this.#send({ tap: { messageId, choice } });
  }

  async answer(messageId: string, answer: Answer): Promise<void> {
    await this.#send({ answer: { messageId, ...answer } });
  }

  async sendPlace(location: Place, replyTo?: string): Promise<void> {
    await this.#send({ location, replyTo });
  }

  async sendContact(name: string, phone: string, replyTo?: string): Promise<void> {
    const waId = phone.replace(/\D/g, '');
    await this.#send({ contacts: [{ name: { formatted_name: name }, phones: [{ phone, wa_id: waId }] }], replyTo });
  }

  async react(messageId: string, emoji: string): Promise<void> {
    await this.#send({ reaction: { messageId, emoji } });
  }

  async forward(messageId: string): Promise<void> {
    await this.#send({ forward: { messageId } });
  }

  async sendFile(
    file: File,
    options: { readonly caption?: string; readonly replyTo?: string | undefined } = {},
  ): Promise<void> {
    const form = new FormData();
    form.set('file', file, file.name);
    if (options.caption !== undefined) form.set('caption', options.caption);
    if (options.replyTo !== undefined) form.set('replyTo', options.replyTo);
    await this.#call('POST', '/messages', form);
  }

  async edit(messageId: string, text: string): Promise<void> {
    await this.#json('PATCH', `/messages/${encodeURIComponent(messageId)}`, { text });
  }

  async revoke(messageId: string): Promise<void> {
    await this.#json('DELETE', `/messages/${encodeURIComponent(messageId)}`, {});
  }

  async prefer(value: 'resume' | 'stop'): Promise<void> {
    await this.#json('POST', '/preferences', { value });
  }

  async goOnline(online: boolean): Promise<void> {
    await this.#json('POST', '/reachability', { online });
  }

  async changeNumber(waId: string): Promise<void> {
    await this.#json('POST', '/number', { waId });
  }

  async read(): Promise<void> {
    await this.#json('POST', '/read', {});
  }

  async played(messageId: string): Promise<void> {
    await this.#json('POST', '/played', { messageId });
  }

  /** Address of a file that the phone shows. */
  fileUrl(path: string): string {
    return this.#options.baseUrl + path;
  }

  #url(path: string): string {
    return `${this.#options.baseUrl}/simulator/phones/${encodeURIComponent(this.#options.waId)}${path}`;
  }

  async #send(message: object): Promise<void> {
    await this.#json('POST', '/messages', message);
  }

  async #json(method: string, path: string, body: object): Promise<void> {
    await this.#call(method, path, JSON.stringify(body), { 'Content-Type': 'application/json' });
  }

  async #call(method: string, path: string, body: BodyInit, headers: Record<string, string> = {}): Promise<void> {
    const response = await fetch(this.#url(path), { method, body, headers });
    if (!response.ok) throw new Error(`unable to do that on the phone; the simulator answered ${response.status}`);
  }

  #apply(event: PhoneEvent): void {
    const view = nextView(this.#view, event);
    if (!view) return;
    this.#view = view;
    this.#options.onView(view);
  }
}

function nextView(view: PhoneView | null, event: PhoneEvent): PhoneView | null {
  if (event.type === 'view') return event.view;
  if (!view) return null;
  switch (event.type) {
    case 'phone':
      return { ...view, online: event.online };
    case 'chat':
      return withChat(view, event.chat);
    case 'message':
      return withMessage(view, event.message);
  }
}

function withChat(view: PhoneView, summary: ChatSummary): PhoneView {
  const known = view.chats.find(({ phoneNumberId }) => phoneNumberId === summary.phoneNumberId);
  const chat = { messages: [], ...known, ...summary };
  const others = view.chats.filter((other) => other !== known);
  return { ...view, chats: [chat, ...others] };
}

function withMessage(view: PhoneView, message: PhoneMessage): PhoneView {
  const chats = view.chats.map((chat) => {
    if (chat.phoneNumberId !== message.phoneNumberId) return chat;
    const known = chat.messages.some(({ id }) => id === message.id);
    const messages = known
      ? chat.messages.map((other) => (other.id === message.id ? message : other))
      : [...chat.messages, message];
    return { ...chat, messages };
  });
  return { ...view, chats };
}
