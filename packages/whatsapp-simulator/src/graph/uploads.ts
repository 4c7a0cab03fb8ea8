import { toBase64, utf8 } from '../bytes.ts';
import type { Bytes } from '../bytes.ts';
import type { SimulatorContext } from '../context.ts';
import { numericId, randomHex } from '../ids.ts';
import type { JsonObject } from '../json.ts';
import { GraphRefusal, unknownObject } from './refusal.ts';

/** A resumable upload, which gives the handle of a template's header. */
export interface UploadSession {
  readonly id: string;
  readonly appId: string;
  readonly mimeType: string;
  readonly length: number;
  readonly received: number;
}

const types = ['application/pdf', 'image/jpeg', 'image/jpg', 'image/png', 'video/mp4'];
const mostBytes = 100 * 1024 * 1024;

function refuse(message: string): never {
  throw new GraphRefusal(100, { message: `(#100) ${message}` });
}

/** `POST /{app-id}/uploads?file_length=&file_type=`, in the query or as a form. */
export function startUpload(context: SimulatorContext, appId: string, fields: JsonObject): JsonObject {
  const length = Number(fields.file_length);
  if (fields.file_length === undefined) refuse('The parameter file_length is required.');
  if (!Number.isInteger(length) || length < 1 || length > mostBytes)
    refuse('Param file_length must be a number of bytes.');
  const { file_type: type } = fields;
  if (typeof type !== 'string') refuse('The parameter file_type is required.');
  if (!types.includes(type)) refuse(`Param file_type must be one of {${types.join(', ')}} - got "${type}".`);
  const id = `upload:${toBase64(utf8(`attachment:${numericId(16)}`)).replaceAll('=', '')}?sig=${randomHex(32)}`;
  context.state.uploads.set(id, Object.freeze({ id, appId, mimeType: type, length, received: 0 }));
  return { id };
}

function requireSession(context: SimulatorContext, id: string, method: string): UploadSession {
  const session = context.state.uploads.get(id);
  if (!session) throw unknownObject(method, id);
  return session;
}

/** `GET /upload:…`: where to go on. */
export function describeUpload(context: SimulatorContext, id: string): JsonObject {
  return { id, file_offset: requireSession(context, id, 'get').received };
}

/** `POST /upload:…` with `file_offset` and the bytes from there on; the last one gives the handle. */
export function continueUpload(context: SimulatorContext, id: string, offset: string | null, bytes: Bytes): JsonObject {
  const session = requireSession(context, id, 'post');
  if (offset === null) refuse('The header file_offset is required.');
  if (Number(offset) !== session.received) refuse(`file_offset must be ${session.received}.`);
  const received = session.received + bytes.length;
  if (bytes.length === 0 || received > session.length)
    refuse('The body must have the bytes of the file from file_offset on.');
  context.state.uploads.set(id, Object.freeze({ ...session, received }));
  if (received < session.length) return { id, file_offset: received };
  context.state.uploads.delete(id);
  const expires = Math.floor(context.clock.now() / 1000) + 30 * 24 * 60 * 60;
  return {
    h: `4::${toBase64(utf8(session.mimeType))}:AR${randomHex(40)}:e:${expires}:${session.appId}:AR${randomHex(12)}`,
  };
}
