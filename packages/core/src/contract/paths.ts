/**
 * Method and path of every route. It is the one part of the contract that browser code loads:
 * the client builds its requests from it, and the routes with their schemas refer to it.
 * Each entry is `METHOD /path`, with `{name}` for a path parameter.
 */
export const paths = {
  conversations: {
    list: 'GET /v1/conversations',
    counts: 'GET /v1/conversations/counts',
    get: 'GET /v1/conversations/{conversationId}',
    accept: 'POST /v1/conversations/{conversationId}/accept',
    transfer: 'POST /v1/conversations/{conversationId}/transfer',
    close: 'POST /v1/conversations/{conversationId}/close',
    read: 'POST /v1/conversations/{conversationId}/read',
  },
  messages: {
    list: 'GET /v1/conversations/{conversationId}/messages',
    get: 'GET /v1/conversations/{conversationId}/messages/{messageId}',
    send: 'POST /v1/conversations/{conversationId}/messages',
    resend: 'POST /v1/conversations/{conversationId}/messages/{messageId}/resend',
  },
  customers: {
    list: 'GET /v1/customers',
    get: 'GET /v1/customers/{customerId}',
    create: 'POST /v1/customers',
    update: 'PATCH /v1/customers/{customerId}',
  },
  contacts: {
    list: 'GET /v1/contacts',
    get: 'GET /v1/contacts/{contactId}',
    link: 'POST /v1/contacts/{contactId}/link',
    unlink: 'POST /v1/contacts/{contactId}/unlink',
  },
  queues: {
    list: 'GET /v1/queues',
    get: 'GET /v1/queues/{queueId}',
    create: 'POST /v1/queues',
    update: 'PATCH /v1/queues/{queueId}',
  },
  agents: {
    list: 'GET /v1/agents',
    me: 'GET /v1/agents/me',
    get: 'GET /v1/agents/{agentId}',
    update: 'PATCH /v1/agents/{agentId}',
  },
  attachments: {
    upload: 'POST /v1/attachments',
    get: 'GET /v1/attachments/{attachmentId}',
    url: 'GET /v1/attachments/{attachmentId}/url',
  },
  protocols: {
    get: 'GET /v1/protocols/{number}',
  },
  events: {
    stream: 'GET /v1/events',
  },
} as const;

export type Paths = typeof paths;

/** `METHOD /path` taken apart. */
export function splitPath(entry: string): { readonly method: string; readonly path: string } {
  const space = entry.indexOf(' ');
  return { method: entry.slice(0, space), path: entry.slice(space + 1) };
}
