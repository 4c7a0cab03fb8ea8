import type { JsonObject } from '../json.ts';
import { isObject } from '../json.ts';
import { bareType } from '../state/media.ts';
import type { ContactCard, LocationContent, MediaContent, MediaKind, MediaReference } from '../state/message.ts';
import { findMessage } from '../state/state.ts';
import type { Draft, Reading } from './draft.ts';
import { given, optionalText, requireArray, requireObject, requireObjects } from './fields.ts';
import { readMediaSource } from './media-source.ts';
import { invalidParameter, invalidValue, missingParameter } from './refusal.ts';

const textMax = 4096;
const captionMax = 1024;
const contactsMax = 257;
const month = 30 * 24 * 60 * 60 * 1000;

export function readText(body: JsonObject): Draft {
  const text = requireObject(body, 'text');
  if (text.preview_url !== undefined && typeof text.preview_url !== 'boolean') {
    throw invalidParameter("Param text['preview_url'] must be a boolean.");
  }
  const words = optionalText(text, 'body', { max: textMax, name: "text['body']" });
  if (words === undefined) throw missingParameter("Parameter 'text['body']' is mandatory");
  if (words.trim() === '') throw invalidParameter("Param text['body'] cannot be empty.");
  return { content: { type: 'text', body: words } };
}

export function readMedia(reading: Reading, kind: MediaKind, body: JsonObject): Draft {
  const file = requireObject(body, kind);
  const captioned = kind === 'image' || kind === 'video' || kind === 'document';
  if (!captioned && file.caption !== undefined) {
    throw invalidParameter(`Unexpected key "caption" on param "${kind}".`);
  }
  const caption = optionalText(file, 'caption', { max: captionMax, name: `${kind}['caption']` });
  const filename =
    kind === 'document' ? optionalText(file, 'filename', { max: 240, name: "document['filename']" }) : undefined;
  const voice = kind === 'audio' && file.voice === true ? true : undefined;
  const place = (media: MediaReference): MediaContent => ({
    type: kind,
    media,
    ...given('caption', caption),
    ...given('filename', filename),
    ...given('voice', voice),
  });
  const source = readMediaSource(reading, kind, file);
  const wrongVoice = voice && source.link === undefined && bareType(source.media.mimeType) !== 'audio/ogg';
  const failure = wrongVoice
    ? { code: 131053, details: 'Voice messages must be audio/ogg with the opus codec.' }
    : source.failure;
  const linked =
    source.link === undefined
      ? []
      : [{ link: source.link, kind, place: (_content: unknown, media: MediaReference) => place(media) }];
  return { content: place(source.media), linked, failure };
}

function coordinate(location: JsonObject, key: 'latitude' | 'longitude', limit: number): number {
  const raw = location[key];
  if (raw === undefined || raw === null) throw missingParameter(`Parameter 'location['${key}']' is mandatory`);
  const value = typeof raw === 'string' && raw.trim() !== '' ? Number(raw) : raw;
  if (typeof value !== 'number' || !Number.isFinite(value) || Math.abs(value) > limit) {
    throw invalidParameter(`Param location['${key}'] must be a number between -${limit} and ${limit}.`);
  }
  return value;
}

/** Numbers, or numbers as text: Meta's template example has text. */
export function locationOf(location: JsonObject): LocationContent {
  const text = (key: string): string | undefined =>
    optionalText(location, key, { max: 1000, name: `location['${key}']` });
  return {
    type: 'location',
    latitude: coordinate(location, 'latitude', 90),
    longitude: coordinate(location, 'longitude', 180),
    ...given('name', text('name')),
    ...given('address', text('address')),
  };
}

export function readLocation(body: JsonObject): Draft {
  return { content: locationOf(requireObject(body, 'location')) };
}

export function readContacts(body: JsonObject): Draft {
  const cards = requireArray(body, 'contacts');
  if (cards.length === 0 || cards.length > contactsMax) {
    throw invalidParameter(`Param contacts must have between 1 and ${contactsMax} elements.`);
  }
  const contacts = cards.map((card, index): ContactCard => {
    if (!isObject(card)) throw invalidParameter(`Param contacts[${index}] must be a JSON object.`);
    const name = requireObject(card, 'name', `contacts[${index}]['name']`);
    const formatted = optionalText(name, 'formatted_name', { max: 1024, name: `contacts[${index}]['formatted_name']` });
    if (!formatted) throw missingParameter(`Parameter 'contacts[${index}]['name']['formatted_name']' is mandatory`);
    for (const key of ['addresses', 'emails', 'phones', 'urls']) {
      if (card[key] !== undefined) requireObjects(card, key, `contacts[${index}]['${key}']`);
    }
    const { birthday } = card;
    if (birthday !== undefined && (typeof birthday !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(birthday))) {
      throw invalidParameter(`Param contacts[${index}]['birthday'] must be a date such as 1999-01-23.`);
    }
    return card as unknown as ContactCard;
  });
  return { content: { type: 'contacts', contacts } };
}

/** An empty emoji takes the reaction away. A target that is too old, gone or unknown fails by webhook. */
export function readReaction(reading: Reading, body: JsonObject): Draft {
  const reaction = requireObject(body, 'reaction');
  const { message_id: messageId, emoji } = reaction;
  if (messageId === undefined || messageId === '') {
    throw missingParameter("Parameter 'reaction['message_id']' is mandatory");
  }
  if (typeof messageId !== 'string') throw invalidParameter("Param reaction['message_id'] must be a string.");
  if (emoji === undefined) throw missingParameter("Parameter 'reaction['emoji']' is mandatory");
  if (typeof emoji !== 'string') throw invalidParameter("Param reaction['emoji'] must be a string.");
  if (emoji !== '' && (!/\p{Emoji}/u.test(emoji) || graphemes(emoji) !== 1)) {
    throw invalidValue("Param reaction['emoji'] must be one emoji.");
  }
  const { state, clock } = reading.context;
  const target = findMessage(state, reading.number.phoneNumberId, messageId);
  const late = !target || clock.now() - target.at > month;
  return {
    content: { type: 'unsupported', kind: 'reaction' },
    reaction: { messageId, emoji },
    failure: late ? { code: 131009 } : undefined,
  };
}

function graphemes(text: string): number {
  return [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)].length;
}
