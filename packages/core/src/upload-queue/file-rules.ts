/** The kinds that channels tell apart. */
export type FileKind = 'image' | 'audio' | 'video' | 'document' | 'sticker';

/** Which files of one kind may be sent. */
export interface KindRule {
  /** MIME types, without parameters. */
  readonly types: readonly string[];
  readonly maxBytes: number;
}

/** What may be sent, by kind; a kind that is absent may not. */
export type FileRules = Readonly<Partial<Record<FileKind, KindRule>>>;

const mega = 1024 * 1024;
const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const sheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const slides = 'application/vnd.openxmlformats-officedocument.presentationml.presentation';

/**
 * What WhatsApp takes, by kind (Meta, WhatsApp Cloud API, "Media"), and what browsers record: the gateway makes a voice
 * message of it.
 */
export const whatsAppFileRules = {
  image: { types: ['image/jpeg', 'image/png'], maxBytes: 5 * mega },
  audio: {
    types: ['audio/aac', 'audio/amr', 'audio/mpeg', 'audio/mp4', 'audio/ogg', 'audio/webm'],
    maxBytes: 16 * mega,
  },
  video: { types: ['video/mp4', 'video/3gp'], maxBytes: 16 * mega },
  document: {
    types: [
      'text/plain',
      'application/pdf',
      'application/msword',
      word,
      'application/vnd.ms-excel',
      sheet,
      'application/vnd.ms-powerpoint',
      slides,
    ],
    maxBytes: 100 * mega,
  },
  sticker: { types: ['image/webp'], maxBytes: 500 * 1024 },
} as const satisfies FileRules;

/** What a visitor of a webchat may send: the same types, and at most 16 MB (`config.maxFileBytes`) of each. */
export const webchatFileRules: FileRules = {
  ...whatsAppFileRules,
  document: { ...whatsAppFileRules.document, maxBytes: 16 * mega },
};

/** For desks that let agents send pictures (PNG, JPEG), MP3 and office documents (`.doc`, `.xlsx`, `.pdf`) only. */
export const officeFileRules: FileRules = {
  image: whatsAppFileRules.image,
  audio: { types: ['audio/mpeg'], maxBytes: 16 * mega },
  document: { types: ['application/msword', sheet, 'application/pdf'], maxBytes: 100 * mega },
};

/**
 * Types by the end of a name. It counts more than what the browser says: that comes from the operating system, where
 * `.csv` may be a spreadsheet of whichever program is installed.
 */
const typesByExtension: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  aac: 'audio/aac',
  amr: 'audio/amr',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  ogg: 'audio/ogg',
  oga: 'audio/ogg',
  weba: 'audio/webm',
  opus: 'audio/ogg',
  mp4: 'video/mp4',
  '3gp': 'video/3gp',
  pdf: 'application/pdf',
  doc: 'application/msword',
  dot: 'application/msword',
  docx: word,
  xls: 'application/vnd.ms-excel',
  xlt: 'application/vnd.ms-excel',
  xlsx: sheet,
  ppt: 'application/vnd.ms-powerpoint',
  pps: 'application/vnd.ms-powerpoint',
  pot: 'application/vnd.ms-powerpoint',
  pptx: slides,
  ...Object.fromEntries(
    'txt csv log md tsv json ini yml yaml ofx rem ret vcf ics'.split(' ').map((name) => [name, 'text/plain']),
  ),
};

/** Other names that browsers have for the same. */
const sameType: Readonly<Record<string, string>> = {
  'image/jpg': 'image/jpeg',
  'audio/mp3': 'audio/mpeg',
  'audio/x-m4a': 'audio/mp4',
  'audio/m4a': 'audio/mp4',
  'video/3gpp': 'video/3gp',
};

/** Why a file cannot be sent; only another file helps. */
export interface FileRefusal {
  readonly reason: 'empty' | 'type' | 'too_large';
  /** MIME type, as far as name and browser tell; `null`: they do not. */
  readonly type: string | null;
  /** With `too_large`: the most that a file of this kind may have. */
  readonly maxBytes: number | null;
}

/** Whether a file may be sent; `kind` is `null` where only its content will tell. */
export type CheckedFile =
  | { readonly outcome: 'accepted'; readonly kind: FileKind | null }
  | { readonly outcome: 'refused'; readonly refusal: FileRefusal };

/**
 * Whether a file may be sent, from its name, its declared type and its size: nothing of it is read. `kind: null`:
 * neither says what it is, and the gateway, which reads the content and has the last word, decides.
 *
 * @example
 * const checked = checkFile(file, whatsAppFileRules);
 * if (checked.outcome === 'refused') console.log(checked.refusal.reason, checked.refusal.maxBytes);
 */
export function checkFile(
  file: { readonly size: number; readonly type: string; readonly name?: string | undefined },
  rules: FileRules,
): CheckedFile {
  const type = typeOf(file);
  const entries = Object.entries(rules) as [FileKind, KindRule][];
  const [kind, rule] = entries.find(([, { types }]) => type !== null && types.includes(type)) ?? [null, null];
  if (file.size === 0) return refused('empty', type);
  if (type !== null && rule === null) return refused('type', type);
  const maxBytes = rule?.maxBytes ?? Math.max(...entries.map(([, each]) => each.maxBytes));
  return file.size > maxBytes ? refused('too_large', type, maxBytes) : { outcome: 'accepted', kind };
}

function typeOf({ type, name = '' }: { readonly type: string; readonly name?: string | undefined }): string | null {
  const extension = /\.([^.]+)$/.exec(name.trim())?.[1]?.toLowerCase() ?? '';
  const declared = (type.split(';')[0] ?? '').trim().toLowerCase();
  // A recording in a container that may hold either: the browser knows which.
  if (declared.startsWith('audio/') && typesByExtension[extension]?.startsWith('video/'))
    return sameType[declared] ?? declared;
  const known = Object.hasOwn(typesByExtension, extension) ? typesByExtension[extension] : undefined;
  if (known !== undefined) return known;
  if (declared === '') return extension === '' ? null : `.${extension}`;
  return sameType[declared] ?? declared;
}

function refused(reason: FileRefusal['reason'], type: string | null, maxBytes: number | null = null): CheckedFile {
  return { outcome: 'refused', refusal: Object.freeze({ reason, type, maxBytes }) };
}
