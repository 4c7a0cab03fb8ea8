import type { AttachmentKind } from '../media/kinds.ts';

const names: Readonly<Record<AttachmentKind, string>> = {
  image: 'imagem',
  audio: 'audio',
  video: 'video',
  document: 'documento',
  sticker: 'figurinha',
};

const own = new RegExp(`^(?:${Object.values(names).join('|')})(?:\\.[a-z0-9]{2,4})?$`);

/** Of a file that came without a name. */
export function ownFileName({ kind, mimeType }: { readonly kind: AttachmentKind; readonly mimeType: string }): string {
  const extension = /^[a-z]+\/([a-z0-9]{2,4})(?:;|$)/.exec(mimeType)?.[1];
  return extension === undefined ? names[kind] : `${names[kind]}.${extension}`;
}

/** Whether the name is one of these: it says nothing about the file. */
export function isOwnFileName(fileName: string): boolean {
  return own.test(fileName);
}
