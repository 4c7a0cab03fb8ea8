import { paths, splitPath, type Paths } from '@prosa/core/contract';

/** What is loaded without the contract. */
const beside = ['GET /media/{attachmentId}', 'GET /health'] as const;

type ValuesOf<Resource> = Resource extends Readonly<Record<string, infer Entry extends string>> ? Entry : never;

/** Every route of the gateway: `POST /v1/conversations/{conversationId}/messages`. */
export type TestRoute = ValuesOf<Paths[keyof Paths]> | (typeof beside)[number];

type AddressOf<Entry extends string> = Entry extends `${infer Before}{${string}}${infer After}`
  ? `${Before}${string}${AddressOf<After>}`
  : Entry;

/** A route as it is called, with ids: `POST /v1/conversations/cnv_…/messages`. */
export type TestAddress = AddressOf<TestRoute>;

const routes: readonly string[] = [...Object.values(paths).flatMap((of) => Object.values(of)), ...beside];

/** @throws when the gateway has no such route: a test that waits for it would see nothing */
export function requireRoute(to: string, purpose: 'fail' | 'delay'): void {
  const { method, path } = splitPath(to);
  if (routes.some((route) => leadsTo(route, method, path))) return;
  const sameStart = routes.filter((route) => route.split('/')[2] === path.split('/')[2]);
  const known = sameStart.length > 0 ? `; there are ${sameStart.map((route) => `"${route}"`).join(', ')}` : '';
  const reason =
    path === '' ? 'a route is METHOD /path, as in "GET /v1/conversations"' : 'the gateway has no such route';
  throw new Error(`unable to ${purpose} "${to}"; ${reason}${known}`);
}

/** Whether a request with this method and path is one of that route, or address. */
export function leadsTo(to: string, method: string, asked: string): boolean {
  const { method: expected, path } = splitPath(to);
  const parts = path.split('/');
  const askedParts = asked.split('/');
  return (
    expected === method &&
    parts.length === askedParts.length &&
    parts.every((part, i) => part.startsWith('{') || part === askedParts[i])
  );
}
