import { Hono } from 'hono';
import { z } from 'zod';
import type { SimulatorContext } from '../context.ts';
import type { MediaKind } from '../state/message.ts';
import { kindOf } from '../state/media.ts';
import type { Answer } from './answers.ts';
import type { Outgoing } from './content.ts';
import { eventStream } from './event-stream.ts';
import { createPhone } from './phone.ts';
import type { SayOptions } from './phone.ts';
import { requireCustomer } from './view.ts';

const target = z.object({ phoneNumberId: z.string().optional() });
const place = z.object({
  latitude: z.number(),
  longitude: z.number(),
  name: z.string().optional(),
  address: z.string().optional(),
});
const messageInput = z.object({
  phoneNumberId: z.string().optional(),
  replyTo: z.string().optional(),
  text: z.string().min(1).max(65_536).optional(),
  reaction: z.object({ messageId: z.string(), emoji: z.string() }).optional(),
  location: place.optional(),
  /** A tap: title or id of a button or row of the message `messageId`. */
  tap: z.object({ messageId: z.string(), choice: z.string() }).optional(),
  answer: z
    .object({
      messageId: z.string(),
      form: z.record(z.string(), z.string()).optional(),
      order: z.record(z.string(), z.number()).optional(),
      note: z.string().optional(),
      location: place.optional(),
      contact: z.literal(true).optional(),
      call: z.enum(['accept', 'reject']).optional(),
    })
    .optional(),
  forward: z.object({ messageId: z.string() }).optional(),
  contacts: z
    .array(z.looseObject({ name: z.looseObject({ formatted_name: z.string().min(1) }) }))
    .min(1)
    .optional(),
});

/** The one answer that was given. */
function oneAnswer({ note, ...given }: Omit<NonNullable<z.infer<typeof messageInput>['answer']>, 'messageId'>): Answer {
  const named = Object.entries(given).filter(([, value]) => value !== undefined);
  const [first, second] = named;
  if (!first || second) throw new TypeError('unable to answer; name one of form, order, location, contact, call');
  return { ...Object.fromEntries([first]), ...(note === undefined ? {} : { note }) } as unknown as Answer;
}

async function body(request: Request): Promise<unknown> {
  const text = await request.text();
  return text === '' ? {} : JSON.parse(text);
}

function attachment(form: FormData): { outgoing: Outgoing; options: SayOptions } {
  const text = (key: string): string | undefined => {
    const value = form.get(key);
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const file = form.get('file');
  if (!(file instanceof Blob)) throw new TypeError('unable to send; the form has no file');
  const guessed = file.type.startsWith('audio/') ? 'audio' : (kindOf(file.type) ?? 'document');
  const asked = z.enum(['audio', 'document', 'image', 'sticker', 'video']).optional().parse(text('type'));
  const kind: MediaKind = asked ?? guessed;
  const outgoing = { [kind]: { data: file, caption: text('caption') } } as Outgoing;
  return { outgoing, options: { phoneNumberId: text('phoneNumberId'), replyTo: text('replyTo') } };
}

/** What `<whatsapp-phone>` talks to, under `/simulator/phones/{waId}` and `/simulator/media/{id}`. */
export function createPhoneApi(context: SimulatorContext): Hono {
  const app = new Hono();
  const phoneOf = (waId: string): ReturnType<typeof createPhone> =>
    createPhone(context, requireCustomer(context, waId).waId);

  app.get('/phones/:waId', (c) => c.json(phoneOf(c.req.param('waId')).view));

  app.get('/phones/:waId/events', (c) => eventStream(context, phoneOf(c.req.param('waId')), c.req.raw.signal));

  app.post('/phones/:waId/messages', async (c) => {
    const phone = phoneOf(c.req.param('waId'));
    if (c.req.header('content-type')?.startsWith('multipart/form-data')) {
      const { outgoing, options } = attachment(await c.req.raw.formData());
      return c.json(await phone.sends(outgoing, options), 201);
    }
    const { tap, answer, forward, text, reaction, location, contacts, ...options } = messageInput.parse(
      await body(c.req.raw),
    );
    if (answer) {
      const { messageId, ...given } = answer;
      return c.json(await phone.answers(messageId, oneAnswer(given)), 201);
    }
    if (forward) return c.json(await phone.forwards(forward.messageId, options), 201);
    if (contacts) return c.json(await phone.sends({ contacts }, options), 201);
    if (tap) return c.json(await phone.taps(tap.messageId, tap.choice), 201);
    if (reaction) return c.json(await phone.sends({ reaction }, options), 201);
    if (location) return c.json(await phone.sends({ location }, options), 201);
    if (text !== undefined) return c.json(await phone.says(text, options), 201);
    throw new TypeError(
      'unable to send; name one of text, tap, answer, forward, reaction, location, contacts, or post a file',
    );
  });

  app.patch('/phones/:waId/messages/:id', async (c) => {
    const { text } = z.object({ text: z.string().min(1).max(65_536) }).parse(await body(c.req.raw));
    phoneOf(c.req.param('waId')).edits(c.req.param('id'), text);
    return c.body(null, 204);
  });

  app.delete('/phones/:waId/messages/:id', (c) => {
    phoneOf(c.req.param('waId')).revokes(c.req.param('id'));
    return c.body(null, 204);
  });

  app.post('/phones/:waId/preferences', async (c) => {
    const { value, ...options } = target.extend({ value: z.enum(['resume', 'stop']) }).parse(await body(c.req.raw));
    phoneOf(c.req.param('waId')).prefers(value, options);
    return c.body(null, 204);
  });

  app.post('/phones/:waId/number', async (c) => {
    const { waId } = z.object({ waId: z.string().min(7) }).parse(await body(c.req.raw));
    const moved = phoneOf(c.req.param('waId')).changesNumber(waId);
    return c.json({ waId: moved.waId, name: moved.name });
  });

  app.post('/phones/:waId/read', async (c) => {
    phoneOf(c.req.param('waId')).reads(target.parse(await body(c.req.raw)));
    return c.body(null, 204);
  });

  app.post('/phones/:waId/played', async (c) => {
    phoneOf(c.req.param('waId')).plays(z.object({ messageId: z.string() }).parse(await body(c.req.raw)).messageId);
    return c.body(null, 204);
  });

  app.post('/phones/:waId/reachability', async (c) => {
    const phone = phoneOf(c.req.param('waId'));
    const { online } = z.object({ online: z.boolean() }).parse(await body(c.req.raw));
    if (online) phone.goOnline();
    else phone.goOffline();
    return c.json({ online });
  });

  app.get('/media/:id', (c) => {
    const media = context.state.media.get(c.req.param('id'));
    if (!media) return c.notFound();
    return c.body(media.bytes, 200, {
      'Content-Type': media.mimeType,
      // What a customer or a business uploads must never run as a page of this origin.
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'X-Content-Type-Options': 'nosniff',
      'Cross-Origin-Resource-Policy': 'cross-origin',
      'Cache-Control': 'private, max-age=3600',
    });
  });
  return app;
}
