import type { Bytes } from '../bytes.ts';
import type { MediaKind, MediaReference } from './message.ts';

const day = 24 * 60 * 60 * 1000;
/** Uploads live 30 days; what a customer sent, 7 days since 2025-10-09 (Meta's changelog). */
export const uploadLifetimeMs: number = 30 * day;
export const inboundLifetimeMs: number = 7 * day;
export const mediaUrlLifetimeMs: number = 5 * 60 * 1000;

export interface StoredMedia {
  readonly id: string;
  readonly wabaId: string;
  readonly mimeType: string;
  readonly bytes: Bytes;
  /** Hex digest, as `GET /{media-id}` shows it; webhooks carry it in base64. */
  readonly sha256: string;
  readonly filename?: string;
  readonly expiresAt: number;
}

const kilobyte = 1024;
const megabyte = 1024 * kilobyte;

interface MediaRule {
  readonly types: readonly string[];
  readonly maxBytes: number;
}

/** What Meta accepts, by kind (its media page). */
export const mediaRules: Readonly<Record<MediaKind, MediaRule>> = {
  audio: {
    types: ['audio/aac', 'audio/amr', 'audio/mpeg', 'audio/mp4', 'audio/ogg'],
    maxBytes: 16 * megabyte,
  },
  document: {
    types: [
      'text/plain',
      'application/pdf',
      'application/msword',
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      'application/vnd.ms-excel',
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'application/vnd.ms-powerpoint',
      'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    ],
    maxBytes: 100 * megabyte,
  },
  image: { types: ['image/jpeg', 'image/png'], maxBytes: 5 * megabyte },
  sticker: { types: ['image/webp'], maxBytes: 500 * kilobyte },
  video: { types: ['video/mp4', 'video/3gp', 'video/3gpp'], maxBytes: 16 * megabyte },
};

/** `audio/ogg; codecs=opus` is `audio/ogg`. */
export function bareType(mimeType: string): string {
  return (mimeType.split(';')[0] ?? '').trim().toLowerCase();
}

/** The kind that a MIME type belongs to, or undefined when Meta takes no such file. */
export function kindOf(mimeType: string): MediaKind | undefined {
  const bare = bareType(mimeType);
  const kinds = Object.keys(mediaRules) as MediaKind[];
  return kinds.find((kind) => mediaRules[kind].types.includes(bare));
}

export function mediaReference(media: StoredMedia): MediaReference {
  return {
    id: media.id,
    mimeType: media.mimeType,
    size: media.bytes.length,
    path: `/simulator/media/${media.id}`,
  };
}
