import { createManualClock } from '../../clock.ts';
import type { JsonObject } from '../../json.ts';
import { isObject } from '../../json.ts';
import { createSimulator } from '../../simulator.ts';
import type { Simulator } from '../../simulator.ts';
import { mediaRules } from '../../state/media.ts';
import type { MediaKind } from '../../state/message.ts';
import { brokenCopies } from './broken.ts';
import type { BrokenCopy, Damage } from './broken.ts';
import { fillPlaceholders } from './placeholders.ts';
import { createRules, sendRules } from './rules.ts';
import { templateFor } from './template-for.ts';

export interface RequestFile {
  /** Begins with `create_template` or `send`, which says where it goes. */
  readonly name: string;
  readonly body: JsonObject;
}

export interface Mishap {
  readonly damage: Damage;
  readonly path: string;
  readonly expected: number;
  /** Code of the refusal; null when the copy was accepted. */
  readonly got: number | null;
}

export interface RequestResult {
  readonly name: string;
  readonly accepted: boolean;
  /** What became of it: the status of the message on the phone, or of the template; or the refusal. */
  readonly outcome: string;
  readonly refused: Readonly<Record<Damage, number>>;
  readonly codes: readonly number[];
  readonly mishaps: readonly Mishap[];
}

const numberId = '109000000007700';
const wabaId = '108000000007700';
const visitor = '5583999142210';
const groupId = 'Y2FwaV9ncm91cDpkZW1v';
const kinds: readonly MediaKind[] = ['audio', 'document', 'image', 'sticker', 'video'];

interface Answer {
  readonly status: number;
  readonly body: JsonObject;
}

async function call(simulator: Simulator, path: string, body: FormData | JsonObject): Promise<Answer> {
  const form = body instanceof FormData;
  const response = await simulator.fetch(
    new Request(`http://graph.example/v25.0/${path}`, {
      method: 'POST',
      headers: { authorization: 'Bearer token', ...(form ? {} : { 'content-type': 'application/json' }) },
      body: form ? body : JSON.stringify(body),
    }),
  );
  const answer: unknown = await response.json();
  return { status: response.status, body: isObject(answer) ? answer : {} };
}

async function upload(simulator: Simulator, kind: MediaKind): Promise<string> {
  const form = new FormData();
  const type = kind === 'audio' ? 'audio/ogg' : (mediaRules[kind].types[0] ?? '');
  form.set('messaging_product', 'whatsapp');
  form.set('type', type);
  form.set('file', new File([new Uint8Array([1, 2, 3, 4])], `arquivo-${kind}`, { type }));
  return String((await call(simulator, `${numberId}/media`, form)).body.id);
}

/** A business with everything that a printed body may refer to. */
async function setStage(file: RequestFile): Promise<{ simulator: Simulator; body: JsonObject }> {
  const links = new Map<string, MediaKind>();
  const simulator = createSimulator({
    clock: createManualClock(Date.UTC(2026, 10, 20, 15)),
    templates: [],
    fetch: async (input) => {
      const kind = links.get(new Request(input).url) ?? 'image';
      return new Response(new Uint8Array([1, 2, 3]), { headers: { 'content-type': mediaRules[kind].types[0] ?? '' } });
    },
  });
  simulator.addNumber({
    phoneNumberId: numberId,
    wabaId,
    displayPhoneNumber: '+55 83 3015-4400',
    token: 'token',
    appSecret: 'secret',
  });
  simulator.addGroup({ phoneNumberId: numberId, id: groupId });
  const mediaIds = Object.fromEntries(
    await Promise.all(kinds.map(async (kind) => [kind, await upload(simulator, kind)] as const)),
  ) as Record<MediaKind, string>;
  const printed = typeof file.body.to === 'string' ? file.body.to.replace(/\D/g, '') : '';
  const usable = /^\+?[\d\s()-]{7,20}$/.test(String(file.body.to)) ? printed : visitor;
  const phone = simulator.phone({ name: 'Marina Albuquerque', waId: usable });
  const { id: messageId } = await phone.says('Oi');
  const body = fillPlaceholders(file.body, {
    to: `+${visitor}`,
    messageId,
    groupId,
    mediaIds,
    link: (address, kind) => links.set(new Request(address).url, kind),
  });
  if (isObject(body.template)) simulator.addTemplate(wabaId, templateFor(body.template));
  return { simulator, body };
}

function pathFor(name: string, body: JsonObject): string {
  if (!name.startsWith('create_template')) return `${numberId}/messages`;
  return `${wabaId}/${body.languages === undefined ? 'message_templates' : 'upsert_message_templates'}`;
}

function outcomeOf(simulator: Simulator, answer: Answer): string {
  const error = isObject(answer.body.error) ? answer.body.error : undefined;
  if (error)
    return `refused with ${String(error.code)}: ${JSON.stringify(error.error_data ?? error.error_user_msg ?? error.message)}`;
  const [first]: readonly unknown[] = Array.isArray(answer.body.messages) ? answer.body.messages : [];
  const id = isObject(first) ? first.id : undefined;
  const shown = simulator.phones.flatMap((phone) => phone.messages).find((each) => each.id === id);
  if (shown) return `${shown.content.type} ${shown.status}`;
  if (id !== undefined) return 'taken';
  const made: readonly unknown[] = Array.isArray(answer.body.data) ? answer.body.data : [answer.body];
  return made.map((each) => (isObject(each) ? String(each.status ?? 'done') : '')).join(', ');
}

function codeOf(answer: Answer): number | null {
  const error = isObject(answer.body.error) ? answer.body.error : undefined;
  return error === undefined ? null : Number(error.code);
}

/** Sends a body as it is printed, and then every broken copy of it. */
export async function tryRequest(file: RequestFile): Promise<RequestResult> {
  const { simulator, body } = await setStage(file);
  const path = pathFor(file.name, body);
  const rules = file.name.startsWith('create_template') ? createRules : sendRules(body);
  const copies = brokenCopies(body, rules);
  const tried: { readonly copy: BrokenCopy; readonly code: number | null }[] = [];
  for (const copy of copies) tried.push({ copy, code: codeOf(await call(simulator, path, copy.body)) });
  const answer = await call(simulator, path, body);
  await simulator.settled();
  const outcome = outcomeOf(simulator, answer);
  await simulator.close();
  const right = tried.filter(({ copy, code }) => code === copy.code);
  const count = (damage: Damage): number => right.filter(({ copy }) => copy.damage === damage).length;
  return {
    name: file.name,
    accepted: answer.status === 200,
    outcome,
    refused: { missing: count('missing'), 'too long': count('too long'), 'wrong type': count('wrong type') },
    codes: [...new Set(right.map(({ copy }) => copy.code))].sort((a, b) => a - b),
    mishaps: tried
      .filter(({ copy, code }) => code !== copy.code)
      .map(({ copy, code }) => ({ damage: copy.damage, path: copy.path, expected: copy.code, got: code })),
  };
}
