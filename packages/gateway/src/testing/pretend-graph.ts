import { fieldsOf, idOf, type Fields } from '../channels/whatsapp/parse/fields.ts';
import { pretendTemplates, type PretendTemplates } from './pretend-templates.ts';

/** A message that reached a customer's phone. */
export interface PhoneMessage {
  /** E.164, with the plus. */
  readonly to: string;
  /** Meta's word: `text`, `template`, `interactive`, `image` … */
  readonly type: string;
  /** What it says: a text, a caption, the body of buttons or a list; `null` when there is nothing of the kind. */
  readonly text: string | null;
  /** All that was sent, as Meta's Cloud API takes it. */
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Why WhatsApp will not take a message: Meta's error code and its words. */
export interface Refusal {
  readonly code: number;
  readonly title: string;
}

export interface PretendGraph {
  readonly fetch: typeof fetch;
  /** In the order of their arrival. */
  readonly arrived: readonly PhoneMessage[];
  /** The next message is not taken. */
  refuseNext(refusal: Refusal): void;
  /** What the review of a template says from here on. */
  readonly reviewTemplate: PretendTemplates['review'];
  /** Keeps a file that a customer sends. @returns its id, by which the gateway asks for it */
  keepFile(file: Blob): string;
}

export interface GraphEvents {
  /** A message reached a phone; `messageId` is the gateway's own. The answer waits for it. */
  readonly onArrived: (address: string, providerId: string, messageId: string | null) => Promise<void>;
}

/** Meta's Graph API as far as the gateway calls it, in process (`/{version}/{id}/{edge}`): everything is taken at once. */
export function pretendGraph(baseUrl: string, { onArrived }: GraphEvents): PretendGraph {
  const arrived: PhoneMessage[] = [];
  const refusals: Refusal[] = [];
  const templates = pretendTemplates(newNumber);
  const files = new Map<string, Blob>();

  async function acceptMessage(payload: Fields): Promise<Response> {
    if (payload['status'] === 'read') return Response.json({ success: true });
    const refusal = refusals.shift();
    if (refusal) return graphError(refusal);
    const to = idOf(payload['to']) ?? idOf(payload['recipient']) ?? '';
    const providerId = `wamid.${crypto.randomUUID()}`;
    arrived.push({ to: `+${to}`, type: idOf(payload['type']) ?? 'text', text: textOf(payload), payload });
    await onArrived(to, providerId, idOf(payload['biz_opaque_callback_data']));
    return Response.json({
      messaging_product: 'whatsapp',
      contacts: [{ input: to, wa_id: to }],
      messages: [{ id: providerId }],
    });
  }

  async function answer(request: Request, { origin, pathname, searchParams }: URL): Promise<Response> {
    const [, , id = '', edge] = pathname.split('/');
    const file = files.get(id);
    if (file && request.method === 'GET') {
      return edge === 'content' ? new Response(file) : Response.json({ id, url: `${origin}${pathname}/content` });
    }
    switch (`${request.method} ${edge ?? ''}`) {
      case 'POST messages':
        return await acceptMessage(fieldsOf(await request.json()));
      case 'POST media':
        return Response.json({ id: newNumber() });
      case 'POST message_templates':
        return Response.json(templates.create(fieldsOf(await request.json())));
      case 'GET message_templates':
        return Response.json(templates.list(searchParams));
      case 'DELETE message_templates':
        return answerOf(templates.remove(searchParams));
      // Examples of headers go up in two steps (Meta, "Resumable Upload API").
      case 'POST uploads':
        return Response.json({ id: `upload:${newNumber()}` });
      case 'POST ':
        if (id.startsWith('upload:')) return Response.json({ h: newNumber() });
        return answerOf(templates.edit(id, fieldsOf(await request.json())));
      default:
        return answerOf(null);
    }
  }

  return {
    arrived,
    refuseNext: (refusal) => {
      refusals.push(refusal);
    },
    reviewTemplate: templates.review,
    keepFile(file) {
      const id = newNumber();
      files.set(id, file);
      return id;
    },
    async fetch(input, init) {
      const request = new Request(input, init);
      if (!request.url.startsWith(`${baseUrl}/`)) {
        throw new TypeError(`unable to call ${new URL(request.url).origin}; a test gateway has no network`);
      }
      return await answer(request, new URL(request.url));
    },
  };
}

function textOf(payload: Fields): string | null {
  const content = fieldsOf(payload[idOf(payload['type']) ?? 'text']);
  const { body, caption } = content;
  if (typeof body === 'string') return body;
  if (typeof caption === 'string') return caption;
  const { text } = fieldsOf(body);
  return typeof text === 'string' ? text : null;
}

function answerOf(fields: Fields | null): Response {
  return fields ? Response.json(fields) : graphError({ code: 100, title: 'There is nothing of that id' });
}

/** Ids of Meta are long numbers. */
function newNumber(): string {
  return String(crypto.getRandomValues(new Uint32Array(1))[0]).padStart(15, '1');
}

function graphError({ code, title }: Refusal): Response {
  const error = { message: `(#${code}) ${title}`, type: 'OAuthException', code, fbtrace_id: newNumber() };
  return Response.json({ error }, { status: 400 });
}
