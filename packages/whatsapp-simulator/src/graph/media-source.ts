import type { JsonObject } from '../json.ts';
import { bareType, mediaReference, mediaRules } from '../state/media.ts';
import type { MediaKind, MediaReference } from '../state/message.ts';
import type { DeliveryFailure } from '../webhooks/status.ts';
import type { Reading } from './draft.ts';
import { invalidParameter, invalidValue } from './refusal.ts';

export interface MediaSource {
  readonly media: MediaReference;
  /** Still to be fetched. */
  readonly link?: string | undefined;
  readonly failure?: DeliveryFailure | undefined;
}

/** Stands in for a file that is still to be fetched. */
const placeholder: MediaReference = { id: '', mimeType: 'application/octet-stream', size: 0, path: '' };

/**
 * The file of `{ "id" | "link" }`. An unknown id is refused at once; a file of the wrong kind is accepted and reported
 * as failed (131053), as Meta does.
 */
export function readMediaSource(reading: Reading, kind: MediaKind, body: JsonObject): MediaSource {
  const { id, link } = body;
  const { state, clock } = reading.context;
  if (id === undefined && link === undefined) {
    throw invalidParameter(`Either ${kind}['id'] or ${kind}['link'] is required.`);
  }
  if (id !== undefined && link !== undefined) {
    throw invalidParameter(`Only one of ${kind}['id'] and ${kind}['link'] can be given.`);
  }
  if (link !== undefined) {
    if (typeof link !== 'string' || !/^https?:\/\//i.test(link) || !URL.canParse(link)) {
      throw invalidParameter(`Param ${kind}['link'] is not a valid URL.`);
    }
    return { media: placeholder, link };
  }
  const stored = state.media.get(String(id));
  if (!stored || stored.wabaId !== reading.number.wabaId || stored.expiresAt <= clock.now()) {
    throw invalidValue(`Media with ID '${String(id)}' does not exist or has expired.`);
  }
  if (!mediaRules[kind].types.includes(bareType(stored.mimeType))) {
    const details = `Media file type ${stored.mimeType} cannot be sent as ${kind}.`;
    return { media: mediaReference(stored), failure: { code: 131053, details } };
  }
  return { media: mediaReference(stored) };
}
