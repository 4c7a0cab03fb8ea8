import type { SentPart, SentText } from '../../domain/hsm-use.ts';
import type { TemplateValues } from '../../domain/hsm.ts';
import type { AttachmentRow } from '../channel.ts';

type Json = Readonly<Record<string, unknown>>;

interface StoredUse {
  readonly name: string;
  readonly language: string;
  readonly raw?: { readonly variables?: TemplateValues; readonly parts?: readonly SentPart[] };
}

/** What the parts of the template are filled in with beside what was kept with the message. */
export interface TemplateContext {
  /** Ours. */
  readonly messageId: string;
  /** Meta's ids of the files, by our own. */
  readonly mediaIds: ReadonlyMap<string, string>;
  readonly files: readonly AttachmentRow[];
}

/** The `template` object of a message (Meta, "Template messages"): parts with nothing to fill in are left out. */
export function templateUse(content: Json, context: TemplateContext): Json {
  const { name, language, raw } = content as unknown as StoredUse;
  const parts = raw?.parts ?? partsOf(raw?.variables ?? {});
  const components = parts.map((part) => componentFor(part, context));
  return { name, language: { code: language }, ...(components.length > 0 && { components }) };
}

/** Of a message that was written before its parts were kept: only texts. */
function partsOf(values: TemplateValues): readonly SentPart[] {
  const places = Object.entries(values).map(([key, text]) => ({ place: key.split('.'), text }));
  const textsOf = (part: 'header' | 'body') => ({
    part,
    texts: places
      .filter(({ place }) => place[0] === part)
      .sort((a, b) => Number(a.place[1]) - Number(b.place[1]))
      .map(({ text }) => ({ name: null, text })),
  });
  return [
    ...[textsOf('header'), textsOf('body')].filter(({ texts }) => texts.length > 0),
    ...places
      .filter(({ place }) => place[0] === 'button')
      .map(({ place, text }) => ({ part: 'button', kind: 'URL', index: Number(place[1]), text }) as const),
  ];
}

function componentFor(part: SentPart, context: TemplateContext): Json {
  switch (part.part) {
    case 'header':
    case 'body':
      return { type: part.part, parameters: part.texts.map(textParameter) };
    case 'file': {
      const kind = part.format.toLowerCase();
      const id = context.mediaIds.get(part.attachmentId);
      const fileName = context.files.find((file) => file.id === part.attachmentId)?.fileName;
      const file = { id, ...(kind === 'document' && fileName !== undefined && { filename: fileName }) };
      return { type: 'header', parameters: [{ type: kind, [kind]: file }] };
    }
    case 'place': {
      const { latitude, longitude, name, address } = part.location;
      // As strings: so Meta's own examples have them.
      const location = { latitude: String(latitude), longitude: String(longitude), name, address };
      return { type: 'header', parameters: [{ type: 'location', location }] };
    }
    case 'offer': {
      const limited_time_offer = { expiration_time_ms: Date.parse(part.endsAt) };
      return { type: 'limited_time_offer', parameters: [{ type: 'limited_time_offer', limited_time_offer }] };
    }
    case 'button':
      return buttonFor(part, context);
    case 'cards':
      return {
        type: 'carousel',
        cards: part.cards.map((parts, index) => ({
          card_index: index,
          components: parts.map((ofCard) => componentFor(ofCard, context)),
        })),
      };
  }
}

function textParameter({ name, text }: SentText): Json {
  return { type: 'text', ...(name !== null && { parameter_name: name }), text };
}

function buttonFor(part: Extract<SentPart, { readonly part: 'button' }>, { messageId }: TemplateContext): Json {
  const button = { type: 'button', sub_type: part.kind.toLowerCase(), index: String(part.index) };
  switch (part.kind) {
    case 'URL':
      return { ...button, parameters: [{ type: 'text', text: part.text }] };
    case 'QUICK_REPLY':
      return { ...button, parameters: [{ type: 'payload', payload: part.text }] };
    case 'COPY_CODE':
      return { ...button, parameters: [{ type: 'coupon_code', coupon_code: part.text }] };
    case 'FLOW': {
      const { token, data } = part;
      const action = { flow_token: token ?? messageId, ...(data !== null && { flow_action_data: data }) };
      return { ...button, parameters: [{ type: 'action', action }] };
    }
  }
}
