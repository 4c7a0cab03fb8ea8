import type { AttachmentKind } from '../media/kinds.ts';
import type { TestFiles } from './test-people.ts';

export interface TestFile {
  readonly kind: Exclude<AttachmentKind, 'sticker'>;
  readonly blob: Blob;
  readonly fileName: string | null;
}

const kinds = ['image', 'video', 'audio', 'document'] as const;

/** The file among what somebody sends, or `null`. */
export function fileOf(files: TestFiles): TestFile | null {
  const given = kinds.filter((kind) => files[kind] !== undefined);
  if (given.length > 1) throw new Error(`unable to send ${given.join(' and ')}; a message has one file`);
  const [kind] = given;
  const file = kind && files[kind];
  if (!kind || !file) return null;
  const fileName = files.fileName ?? (kind === 'document' ? 'arquivo' : null);
  return { kind, blob: file === true ? smallPicture() : file, fileName };
}

/** A grey dot (PNG, "Portable Network Graphics", ISO/IEC 15948). */
function smallPicture(): Blob {
  const bytes = Uint8Array.from(
    atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=='),
    (character) => character.charCodeAt(0),
  );
  return new Blob([bytes], { type: 'image/png' });
}
