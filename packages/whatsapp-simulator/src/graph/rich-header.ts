import type { JsonObject } from '../json.ts';
import type { MediaKind, MediaReference, MessageContent } from '../state/message.ts';
import type { RichCard, RichContent, RichHeader } from '../state/rich-content.ts';
import type { Draft, LinkedFile, Reading } from './draft.ts';
import { given, optionalText, requireObject, requireText } from './fields.ts';
import { readMediaSource } from './media-source.ts';
import { invalidValue } from './refusal.ts';

/** A header as it was read, with the file that is still to be fetched for it. */
export type HeaderDraft = Pick<Draft, 'failure'> & {
  readonly header?: RichHeader;
  readonly kind?: MediaKind;
  readonly link?: string;
};

/** The file of a header: `{"image": {"id" | "link"}}`. */
export function readFileHeader(reading: Reading, kind: MediaKind, file: JsonObject): HeaderDraft {
  const filename =
    kind === 'document' ? optionalText(file, 'filename', { max: 240, name: "document['filename']" }) : undefined;
  const source = readMediaSource(reading, kind, file);
  return {
    header: { type: kind, media: source.media, ...given('filename', filename) },
    failure: source.failure,
    kind,
    ...given('link', source.link),
  };
}

/** `header` of an interactive message or of one of its cards; only some kinds go with each type. */
export function readHeader(
  reading: Reading,
  parent: JsonObject,
  path: string,
  allowed: readonly string[],
): HeaderDraft {
  if (parent.header === undefined) return {};
  const header = requireObject(parent, 'header', `${path}['header']`);
  const { type } = header;
  if (typeof type !== 'string' || !allowed.includes(type)) {
    throw invalidValue(`Header type '${String(type)}' is not supported for interactive type '${String(parent.type)}'.`);
  }
  if (type === 'text') return { header: { type, text: requireText(header, 'text', { max: 60, name: 'Header text' }) } };
  const kind = type as MediaKind;
  return readFileHeader(reading, kind, requireObject(header, kind, `${path}['header']['${kind}']`));
}

function isRich(content: MessageContent): content is RichContent {
  return content.type === 'interactive' || content.type === 'template';
}

function withFile(header: RichHeader | undefined, kind: MediaKind, media: MediaReference): RichHeader {
  return header && 'media' in header ? { ...header, media } : { type: kind, media };
}

/** A header file that is fetched from a link lands in the finished message. */
export function linkedHeader({ kind, link }: HeaderDraft): readonly LinkedFile[] {
  if (kind === undefined || link === undefined) return [];
  return [
    {
      link,
      kind,
      place: (content, media) =>
        isRich(content) ? { ...content, header: withFile(content.header, kind, media) } : content,
    },
  ];
}

/** The same for the header of one card. */
export function linkedCard({ kind, link }: HeaderDraft, index: number): readonly LinkedFile[] {
  if (kind === undefined || link === undefined) return [];
  const put = (card: RichCard, at: number, media: MediaReference): RichCard =>
    at === index ? { ...card, header: withFile(card.header, kind, media) } : card;
  return [
    {
      link,
      kind,
      place: (content, media) =>
        isRich(content) && content.cards
          ? { ...content, cards: content.cards.map((card, at) => put(card, at, media)) }
          : content,
    },
  ];
}
