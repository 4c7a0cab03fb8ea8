import { sha256, toHex } from '../bytes.ts';
import type { Bytes } from '../bytes.ts';
import type { SimulatorContext } from '../context.ts';
import { numericId } from '../ids.ts';
import type { StoredMedia } from '../state/media.ts';

export interface MediaUpload {
  readonly wabaId: string;
  readonly mimeType: string;
  readonly bytes: Bytes;
  readonly filename?: string | undefined;
  readonly lifetimeMs: number;
}

export async function storeMedia(context: SimulatorContext, upload: MediaUpload): Promise<StoredMedia> {
  const media: StoredMedia = Object.freeze({
    id: numericId(16),
    wabaId: upload.wabaId,
    mimeType: upload.mimeType,
    bytes: upload.bytes,
    sha256: toHex(await sha256(upload.bytes)),
    expiresAt: context.clock.now() + upload.lifetimeMs,
    ...(upload.filename === undefined ? {} : { filename: upload.filename }),
  });
  context.state.media.set(media.id, media);
  context.persist();
  return media;
}
