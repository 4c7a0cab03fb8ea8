import type { RunningGateway } from '@prosa/gateway/node';

/** News about people, in the timeline. */
const ofPeople: ReadonlySet<string> = new Set(['number_changed', 'identity_changed', 'marketing_preference']);

/**
 * What the store has: `text`, `status read`, `reaction`, `echo image`, `history text`, `person number_changed`,
 * `health limit 2000`.
 * @param before what it had already, and is not told again
 */
export async function storedIn({ database }: RunningGateway, before: readonly string[] = []): Promise<string[]> {
  const { read } = database;
  const messages = await read
    .selectFrom('messages as m')
    .innerJoin('conversations as c', 'c.id', 'm.conversationId')
    .select(['m.type', 'm.direction', 'm.authorKind', 'm.content', 'm.reactions', 'm.editedAt', 'm.revokedAt'])
    .select('c.imported')
    .orderBy('m.id')
    .execute();
  const statuses = await read.selectFrom('earlyStatuses').select('status').execute();
  const early = await read.selectFrom('earlyChanges').select('data').execute();
  const people = await read.selectFrom('contacts').select(['marketingAllowed', 'bookName']).execute();
  const channels = await read.selectFrom('channels').select('standing').execute();
  const stored = [
    ...messages.flatMap(seen),
    ...statuses.map(({ status }) => `status ${status}`),
    ...early.map(({ data }) => `${(JSON.parse(data) as { change: { kind: string } }).change.kind} for later`),
    ...people.flatMap(({ bookName, marketingAllowed }) => [
      ...(bookName === null ? [] : ['person in the address book']),
      ...(marketingAllowed === null ? [] : [`person marketing ${marketingAllowed === 1 ? 'allowed' : 'stopped'}`]),
    ]),
    // News of an account are told of each of its numbers.
    ...new Set(channels.flatMap(({ standing }) => healthOf(JSON.parse(standing) as Standing))),
  ];
  const left = [...before];
  return stored.filter((what) => {
    const known = left.indexOf(what);
    if (known >= 0) left.splice(known, 1);
    return known < 0;
  });
}

interface Standing {
  readonly quality?: string | null;
  readonly messagingLimit?: number | string | null;
  readonly name?: { readonly decision: string };
  readonly restrictions?: Readonly<Record<string, unknown>>;
  readonly alert?: { readonly type: string };
  readonly upgraded?: boolean;
}

/** What Meta has said of a number. */
function healthOf({ quality, messagingLimit, name, restrictions = {}, alert, upgraded }: Standing): string[] {
  return [
    ...(quality == null ? [] : [`health quality ${quality}`]),
    ...(messagingLimit == null ? [] : [`health limit ${messagingLimit}`]),
    ...(name === undefined ? [] : [`health name ${name.decision}`]),
    ...Object.keys(restrictions).map((type) => `health restriction ${type}`),
    ...(alert === undefined ? [] : [`health alert ${alert.type}`]),
    ...(upgraded === true ? ['health throughput upgraded'] : []),
  ];
}

interface Seen {
  readonly type: string;
  readonly direction: string;
  readonly authorKind: string;
  readonly content: string;
  readonly reactions: string | null;
  readonly editedAt: number | null;
  readonly revokedAt: number | null;
  readonly imported: number;
}

function seen({ type, direction, authorKind, content, reactions, editedAt, revokedAt, imported }: Seen): string[] {
  if (type === 'event') {
    const { name } = (JSON.parse(content) as { event: { name: string } }).event;
    return ofPeople.has(name) ? [`person ${name}`] : [];
  }
  if (direction === 'internal' || authorKind === 'system') return [];
  const way = imported === 1 ? 'history ' : authorKind === 'phone' ? 'echo ' : '';
  const emojis = reactions === null ? [] : (JSON.parse(reactions) as readonly { emoji: string }[]);
  return [
    `${way}${type}`,
    ...emojis.map(({ emoji }) => (emoji === '' ? 'reaction removed' : 'reaction')),
    ...(editedAt === null ? [] : ['edit']),
    ...(revokedAt === null ? [] : ['revoke']),
  ];
}
