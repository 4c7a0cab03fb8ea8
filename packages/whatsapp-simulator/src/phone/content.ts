import { toBase64 } from '../bytes.ts';
import type { Bytes } from '../bytes.ts';
import type { SimulatorContext } from '../context.ts';
import { given } from '../graph/fields.ts';
import { storeMedia } from '../graph/media-store.ts';
import { mediaUrl } from '../graph/media.ts';
import type { JsonObject } from '../json.ts';
import { SimulatorError } from '../simulator-error.ts';
import type { BusinessNumber } from '../state/business-number.ts';
import { bareType, inboundLifetimeMs, mediaReference } from '../state/media.ts';
import type { ContactCard, MediaContent, MediaKind, MessageContent } from '../state/message.ts';
import { webmToOgg } from './webm-to-ogg.ts';

export interface OutgoingFile {
  readonly data: Blob | Bytes;
  /** MIME type; the Blob's own, or a usual one for the kind, when left out. */
  readonly mimeType?: string | undefined;
  readonly caption?: string | undefined;
  readonly filename?: string | undefined;
  readonly voice?: boolean | undefined;
  readonly animated?: boolean | undefined;
}

/** What a person can send: exactly one of these. */
export type Outgoing =
  | { readonly text: string }
  | Readonly<Partial<Record<MediaKind, OutgoingFile>>>
  | {
      readonly location: {
        readonly latitude: number;
        readonly longitude: number;
        readonly name?: string | undefined;
        readonly address?: string | undefined;
        readonly url?: string | undefined;
      };
    }
  | { readonly contacts: readonly ContactCard[] }
  | { readonly reaction: { readonly messageId: string; readonly emoji: string } }
  /** Any `messages[]` payload, such as `{ type: 'unsupported', errors: […] }`. */
  | { readonly wire: JsonObject };

/** The payload for the webhook, and what the phone shows of it. */
export interface Composed {
  readonly wire: JsonObject;
  readonly content?: MessageContent;
  readonly reaction?: { readonly messageId: string; readonly emoji: string };
}

const kinds: readonly MediaKind[] = ['audio', 'document', 'image', 'sticker', 'video'];
const usualTypes: Readonly<Record<MediaKind, string>> = {
  audio: 'audio/ogg; codecs=opus',
  document: 'application/pdf',
  image: 'image/jpeg',
  sticker: 'image/webp',
  video: 'video/mp4',
};

async function bytesOf(data: OutgoingFile['data']): Promise<Bytes> {
  return data instanceof Blob ? new Uint8Array(await data.arrayBuffer()) : data;
}

/** A voice note goes out as OGG/Opus, whatever the browser has recorded. */
function asWhatsApp(kind: MediaKind, mimeType: string, bytes: Bytes): { mimeType: string; bytes: Bytes } {
  const bare = bareType(mimeType);
  if (kind !== 'audio') return { mimeType, bytes };
  if (bare === 'audio/ogg') return { mimeType: usualTypes.audio, bytes };
  const ogg = bare === 'audio/webm' ? webmToOgg(bytes) : undefined;
  return ogg ? { mimeType: usualTypes.audio, bytes: ogg } : { mimeType, bytes };
}

async function composeFile(
  context: SimulatorContext,
  number: BusinessNumber,
  kind: MediaKind,
  file: OutgoingFile,
): Promise<Composed> {
  const named = file.data instanceof File ? file.data.name : undefined;
  const filename = file.filename ?? named ?? (kind === 'document' ? 'documento.pdf' : undefined);
  const ownType = file.data instanceof Blob && file.data.type !== '' ? file.data.type : undefined;
  const taken = asWhatsApp(kind, file.mimeType ?? ownType ?? usualTypes[kind], await bytesOf(file.data));
  const media = await storeMedia(context, {
    wabaId: number.wabaId,
    ...taken,
    filename,
    lifetimeMs: inboundLifetimeMs,
  });
  const digest = media.sha256.match(/../g)?.map((pair) => Number.parseInt(pair, 16)) ?? [];
  const voice = kind === 'audio' ? (file.voice ?? true) : undefined;
  const shown: MediaContent = {
    type: kind,
    media: mediaReference(media),
    ...given('caption', file.caption),
    ...given('filename', kind === 'document' ? filename : undefined),
    ...given('voice', voice),
  };
  const payload = {
    ...given('caption', file.caption),
    ...given('filename', kind === 'document' ? filename : undefined),
    mime_type: media.mimeType,
    sha256: toBase64(Uint8Array.from(digest)),
    id: media.id,
    url: mediaUrl(context, media),
    ...given('voice', voice),
    ...given('animated', kind === 'sticker' ? (file.animated ?? false) : undefined),
  };
  return { wire: { type: kind, [kind]: payload }, content: shown };
}

/** A message as it is sent once more. Raises `unknown_message` for one that cannot be forwarded. */
export function outgoingOf(context: SimulatorContext, content: MessageContent): Outgoing {
  switch (content.type) {
    case 'text':
      return { text: content.body };
    case 'interactive':
    case 'template':
      return { text: content.body };
    case 'location': {
      const { latitude, longitude, name, address } = content;
      return { location: { latitude, longitude, name, address } };
    }
    case 'contacts':
      return { contacts: content.contacts };
    case 'audio':
    case 'document':
    case 'image':
    case 'sticker':
    case 'video': {
      const stored = context.state.media.get(content.media.id);
      if (stored) {
        const { caption, filename, voice } = content;
        return { [content.type]: { data: stored.bytes, mimeType: stored.mimeType, caption, filename, voice } };
      }
      break;
    }
    default:
  }
  throw new SimulatorError('unknown_message', `unable to forward a message of type ${content.type}`);
}

export async function compose(
  context: SimulatorContext,
  number: BusinessNumber,
  outgoing: Outgoing,
): Promise<Composed> {
  if ('text' in outgoing) {
    const { text } = outgoing;
    return { wire: { type: 'text', text: { body: text } }, content: { type: 'text', body: text } };
  }
  if ('location' in outgoing) {
    const { latitude, longitude, name, address, url } = outgoing.location;
    const place = { latitude, longitude, ...given('name', name), ...given('address', address) };
    return {
      wire: { type: 'location', location: { ...place, ...given('url', url) } },
      content: { type: 'location', ...place },
    };
  }
  if ('contacts' in outgoing) {
    const { contacts } = outgoing;
    return { wire: { type: 'contacts', contacts }, content: { type: 'contacts', contacts } };
  }
  if ('reaction' in outgoing) {
    const { messageId, emoji } = outgoing.reaction;
    // A removed reaction has no `emoji` key on the wire.
    const reaction = { message_id: messageId, ...(emoji === '' ? {} : { emoji }) };
    return { wire: { type: 'reaction', reaction }, reaction: outgoing.reaction };
  }
  if ('wire' in outgoing) {
    const { wire } = outgoing;
    return { wire, content: { type: 'unsupported', kind: String(wire.type) } };
  }
  for (const kind of kinds) {
    const file = outgoing[kind];
    if (file) return composeFile(context, number, kind, file);
  }
  throw new TypeError(
    'unable to send; name one of text, image, audio, video, document, sticker, location, contacts, reaction, wire',
  );
}
