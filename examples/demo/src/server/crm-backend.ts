import { signAgentToken } from '@prosa/gateway/node';
import { agents, phones, visitor } from '../data/people.ts';

export interface CrmBackendOptions {
  readonly kid: string;
  readonly secret: string;
  readonly gatewayUrl: string;
}

const tokenSeconds = 600;

/**
 * What a CRM's own server does for Prosa: it knows who is logged in and signs a short-lived token for that person. Here
 * the one who is logged in is whoever the page says; a real CRM looks at its session.
 */
export function crmBackend({ kid, secret, gatewayUrl }: CrmBackendOptions) {
  return async (request: Request): Promise<Response | null> => {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === '/config.json') {
      const people = [visitor, ...phones].map(({ name, waId }) => ({ name, waId }));
      return Response.json({ gatewayUrl, agents, phones: people });
    }
    if (pathname !== '/crm/session') return null;
    if (request.method !== 'POST') return new Response(null, { status: 405, headers: { Allow: 'POST' } });
    const agent = agents.find(({ id }) => id === searchParams.get('agent'));
    if (!agent) return Response.json({ error: 'unknown user' }, { status: 404 });
    const token = await signAgentToken({
      kid,
      secret,
      sub: agent.id,
      name: agent.name,
      email: agent.email,
      expiresInSeconds: tokenSeconds,
    });
    return Response.json({ token }, { headers: { 'Cache-Control': 'no-store' } });
  };
}
