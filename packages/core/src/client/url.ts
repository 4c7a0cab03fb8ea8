import { splitPath } from '../contract/paths.ts';
import { UsageError } from '../errors/local-errors.ts';

export type QueryValue = string | number | boolean | undefined;

/** The address that paths are added to, without a slash or the version at its end. A relative one is meant from the page. */
export function parseBaseUrl(baseUrl: string): string {
  const url = parse(baseUrl);
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) {
    throw new UsageError('unable to create a client; baseUrl must be an http(s) address without credentials');
  }
  return url.origin + url.pathname.replace(/(\/v1)?\/*$/, '');
}

/**
 * Method and address of a route.
 *
 * @param route `METHOD /path` from `contract/paths.ts`
 * @param ids what the parameters of the path are, in their order
 * @throws UsageError when an id is missing or would change the path
 */
export function buildUrl(
  baseUrl: string,
  route: string,
  ids: readonly unknown[] = [],
  query: Readonly<Record<string, QueryValue>> = {},
): { readonly method: string; readonly url: string } {
  const { method, path } = splitPath(route);
  let index = 0;
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = ids[index++];
    if (typeof value !== 'string' || /^\.{0,2}$/.test(value)) {
      throw new UsageError(`unable to call ${route}; ${name} must be an id`);
    }
    return encodeURIComponent(value);
  });
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value));
  const text = search.toString();
  return { method, url: baseUrl + filled + (text && `?${text}`) };
}

function parse(baseUrl: string): URL | null {
  try {
    return new URL(baseUrl, (globalThis as { location?: { href: string } }).location?.href);
  } catch {
    return null;
  }
}
