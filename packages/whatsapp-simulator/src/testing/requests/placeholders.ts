import type { JsonObject } from '../../json.ts';
import { isObject } from '../../json.ts';
import type { MediaKind } from '../../state/message.ts';

/** What stands in for a printed body's placeholders: things that exist on this simulator. */
export interface Stage {
  readonly to: string;
  readonly messageId: string;
  readonly groupId: string;
  readonly mediaIds: Readonly<Record<MediaKind, string>>;
  /** Notes of which kind a linked file has to be. */
  readonly link: (address: string, kind: MediaKind) => void;
}

const kinds: readonly string[] = ['audio', 'document', 'image', 'sticker', 'video'];

/** A whole value that asks to be replaced: `<BODY_TEXT>`, `{{Recipient-Phone-Number}}`, `+91xxxxxxxxxx`. */
export function isPlaceholder(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    (/^<[^<>]+(?:>|>-url>)$/.test(value) || /^\{\{[A-Z][\w-]*\}\}$/.test(value) || /^\+?\d+x{4,}$/.test(value))
  );
}

/** Names that only ever hold one kind of value. */
const fixed: Readonly<Record<string, unknown>> = {
  '<COUNTRY_ISO_CODE>': 'IN',
  'JSON Payload': { country: 'IN' },
  '<EMOJI>': '👍',
  '<HEADER_TYPE>': 'text',
  '<TYPE>': 'text',
  '<CATEGORY>': 'UTILITY',
  '<LANGUAGE>': 'en_US',
  '<ONE-TIME PASSWORD>': '123456',
  '<LOCATION_LATITUDE>': '37.44216',
  '<LOCATION_LONGITUDE>': '-122.16153',
};

/** A printed body with its placeholders replaced, and with ids and numbers that exist here. */
export function fillPlaceholders(body: JsonObject, stage: Stage): JsonObject {
  let count = 0;
  const next = (): string => `valor ${(count += 1)}`;
  const repeated = new Map<string, string>();

  function text(key: string, value: string): unknown {
    const known = fixed[value];
    if (known !== undefined) return known;
    if (!isPlaceholder(value)) return value;
    if (key === 'to') return stage.to;
    if (key === 'code') return 'en_US';
    if (key === 'name' && /NAME/.test(value)) return 'modelo_impresso';
    if (key === 'phone_number') return '+919000090000';
    const same = repeated.get(value) ?? next();
    repeated.set(value, same);
    return same;
  }

  function file(kind: MediaKind, value: JsonObject): JsonObject {
    const filled = object(value);
    if (value.id !== undefined) return { ...filled, id: stage.mediaIds[kind] };
    if (typeof value.link !== 'string') return filled;
    const link = /^https?:\/\//.test(value.link) ? value.link : `https://arquivos.example/${kind}`;
    stage.link(link, kind);
    return { ...filled, link };
  }

  function any(key: string, value: unknown): unknown {
    if (typeof value === 'string') return text(key, value);
    if (Array.isArray(value)) return value.map((each) => any(key, each));
    if (!isObject(value)) return value;
    return kinds.includes(key) ? file(key as MediaKind, value) : object(value);
  }

  function object(value: JsonObject): JsonObject {
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, any(key, each)]));
  }

  const filled = object(body);
  const withId = (key: string): JsonObject => {
    const part = filled[key];
    return isObject(part) ? { [key]: { ...part, message_id: stage.messageId } } : {};
  };
  return {
    ...filled,
    ...(body.recipient_type === 'group' ? { to: stage.groupId } : {}),
    ...(filled.message_id === undefined ? {} : { message_id: stage.messageId }),
    ...withId('reaction'),
    ...withId('context'),
  };
}
