import type { MiddlewareHandler } from 'hono';

const methods = 'GET, POST, PATCH, DELETE';

/**
 * Lets pages of the listed origins use the control API, and refuses all others: a page on the web must not be able to
 * write to a simulator on the same machine. Calls without an `Origin` do not come from a page.
 */
export function guardOrigin(allowed: readonly string[]): MiddlewareHandler {
  return async (c, next) => {
    const origin = c.req.header('origin');
    const own = new URL(c.req.url).origin;
    if (origin === undefined || origin === own) {
      await next();
      return undefined;
    }
    if (!allowed.includes('*') && !allowed.includes(origin)) {
      const message = `unable to serve ${origin}; add it to allowedOrigins`;
      return c.json({ error: { code: 'origin_not_allowed', message } }, 403);
    }
    if (c.req.method === 'OPTIONS') {
      return c.body(null, 204, {
        'Access-Control-Allow-Origin': origin,
        'Access-Control-Allow-Methods': methods,
        'Access-Control-Allow-Headers': 'Content-Type',
        'Access-Control-Max-Age': '600',
        Vary: 'Origin',
      });
    }
    await next();
    c.res.headers.set('Access-Control-Allow-Origin', origin);
    c.res.headers.append('Vary', 'Origin');
    return undefined;
  };
}
