/**
 * Method and path of every route. It is the one part of the contract that browser code loads:
 * the client builds its requests from it, and the routes with their schemas refer to it.
 * One constant a resource, so that a page loads those that it uses.
 * Each entry is `METHOD /path`, with `{name}` for a path parameter.
 */

export const conversationPaths = {
  list: 'GET /v1/conversations',
  counts: 'GET /v1/conversations/counts',
  get: 'GET /v1/conversations/{conversationId}',
  accept: 'POST /v1/conversations/{conversationId}/accept',
  transfer: 'POST /v1/conversations/{conversationId}/transfer',
  close: 'POST /v1/conversations/{conversationId}/close',
  read: 'POST /v1/conversations/{conversationId}/read',
  start: 'POST /v1/conversations',
  typing: 'POST /v1/conversations/{conversationId}/typing',
  decline: 'POST /v1/conversations/{conversationId}/decline',
  invite: 'POST /v1/conversations/{conversationId}/participants',
  join: 'POST /v1/conversations/{conversationId}/participants/join',
  leave: 'POST /v1/conversations/{conversationId}/participants/leave',
  park: 'POST /v1/conversations/{conversationId}/park',
  resume: 'POST /v1/conversations/{conversationId}/resume',
  save: 'POST /v1/conversations/{conversationId}/save',
  discard: 'POST /v1/conversations/{conversationId}/discard',
  reopen: 'POST /v1/conversations/{conversationId}/reopen',
  handOver: 'POST /v1/conversations/{conversationId}/hand-over',
  resolve: 'POST /v1/conversations/{conversationId}/resolve',
  convert: 'POST /v1/conversations/{conversationId}/convert',
  setTags: 'PUT /v1/conversations/{conversationId}/tags',
  position: 'GET /v1/conversations/{conversationId}/position',
  viewing: 'POST /v1/conversations/{conversationId}/viewing',
} as const;

export const messagePaths = {
  list: 'GET /v1/conversations/{conversationId}/messages',
  get: 'GET /v1/conversations/{conversationId}/messages/{messageId}',
  send: 'POST /v1/conversations/{conversationId}/messages',
  resend: 'POST /v1/conversations/{conversationId}/messages/{messageId}/resend',
  react: 'PUT /v1/conversations/{conversationId}/messages/{messageId}/reaction',
} as const;

export const customerPaths = {
  list: 'GET /v1/customers',
  get: 'GET /v1/customers/{customerId}',
  create: 'POST /v1/customers',
  update: 'PATCH /v1/customers/{customerId}',
} as const;

export const contactPaths = {
  list: 'GET /v1/contacts',
  get: 'GET /v1/contacts/{contactId}',
  link: 'POST /v1/contacts/{contactId}/link',
  unlink: 'POST /v1/contacts/{contactId}/unlink',
} as const;

export const queuePaths = {
  list: 'GET /v1/queues',
  get: 'GET /v1/queues/{queueId}',
  create: 'POST /v1/queues',
  update: 'PATCH /v1/queues/{queueId}',
} as const;

export const agentPaths = {
  list: 'GET /v1/agents',
  me: 'GET /v1/agents/me',
  get: 'GET /v1/agents/{agentId}',
  update: 'PATCH /v1/agents/{agentId}',
  permissions: 'GET /v1/agents/me/permissions',
  presence: 'PUT /v1/agents/me/presence',
  pause: 'PUT /v1/agents/{agentId}/presence',
} as const;

export const attachmentPaths = {
  upload: 'POST /v1/attachments',
  get: 'GET /v1/attachments/{attachmentId}',
  url: 'GET /v1/attachments/{attachmentId}/url',
} as const;

export const protocolPaths = {
  get: 'GET /v1/protocols/{number}',
  history: 'GET /v1/protocols/{number}/history',
  export: 'GET /v1/protocols/{number}/export',
} as const;

export const profilePaths = {
  list: 'GET /v1/profiles',
  get: 'GET /v1/profiles/{profileId}',
  create: 'POST /v1/profiles',
  update: 'PATCH /v1/profiles/{profileId}',
  delete: 'DELETE /v1/profiles/{profileId}',
} as const;

export const tagPaths = {
  list: 'GET /v1/tags',
  create: 'POST /v1/tags',
  update: 'PATCH /v1/tags/{tagId}',
  delete: 'DELETE /v1/tags/{tagId}',
} as const;

export const settingsPaths = {
  get: 'GET /v1/settings',
  update: 'PATCH /v1/settings',
} as const;

export const searchPaths = {
  conversations: 'GET /v1/search/conversations',
} as const;

export const hsmPaths = {
  list: 'GET /v1/hsm',
  get: 'GET /v1/hsm/{templateId}',
  create: 'POST /v1/hsm',
  update: 'PATCH /v1/hsm/{templateId}',
  delete: 'DELETE /v1/hsm/{templateId}',
  sync: 'POST /v1/hsm/sync',
} as const;

export const dispatchPaths = {
  list: 'GET /v1/dispatches',
  get: 'GET /v1/dispatches/{dispatchId}',
  create: 'POST /v1/dispatches',
  cancel: 'POST /v1/dispatches/{dispatchId}/cancel',
  recipients: 'GET /v1/dispatches/{dispatchId}/recipients',
  report: 'GET /v1/dispatches/{dispatchId}/report',
} as const;

export const surveyPaths = {
  list: 'GET /v1/surveys',
  get: 'GET /v1/surveys/{surveyId}',
  create: 'POST /v1/surveys',
  update: 'PATCH /v1/surveys/{surveyId}',
  send: 'POST /v1/conversations/{conversationId}/surveys',
  responses: 'GET /v1/survey-responses',
  results: 'GET /v1/survey-results',
} as const;

export const channelPaths = {
  list: 'GET /v1/channels',
  get: 'GET /v1/channels/{channelId}',
  create: 'POST /v1/channels',
  update: 'PATCH /v1/channels/{channelId}',
  delete: 'DELETE /v1/channels/{channelId}',
  test: 'POST /v1/channels/{channelId}/test',
} as const;

export const deadLetterPaths = {
  list: 'GET /v1/dead-letters',
  redrive: 'POST /v1/dead-letters/{deadLetterId}/redrive',
} as const;

export const eventPaths = {
  stream: 'GET /v1/events',
  poll: 'GET /v1/events/poll',
} as const;

export const webchatPaths = {
  config: 'GET /v1/webchat/config',
  startSession: 'POST /v1/webchat/sessions',
  session: 'GET /v1/webchat/session',
  endSession: 'DELETE /v1/webchat/session',
  conversations: 'GET /v1/webchat/conversations',
  start: 'POST /v1/webchat/conversations',
  conversation: 'GET /v1/webchat/conversations/{conversationId}',
  close: 'POST /v1/webchat/conversations/{conversationId}/close',
  position: 'GET /v1/webchat/conversations/{conversationId}/position',
  messages: 'GET /v1/webchat/conversations/{conversationId}/messages',
  send: 'POST /v1/webchat/conversations/{conversationId}/messages',
  receipts: 'POST /v1/webchat/conversations/{conversationId}/receipts',
  typing: 'POST /v1/webchat/conversations/{conversationId}/typing',
  answerSurvey: 'POST /v1/webchat/conversations/{conversationId}/survey',
  upload: 'POST /v1/webchat/attachments',
  attachmentUrl: 'GET /v1/webchat/attachments/{attachmentId}/url',
  events: 'GET /v1/webchat/events',
  poll: 'GET /v1/webchat/events/poll',
} as const;

/** All of them, by resource. */
export const paths = {
  conversations: conversationPaths,
  messages: messagePaths,
  customers: customerPaths,
  contacts: contactPaths,
  queues: queuePaths,
  agents: agentPaths,
  attachments: attachmentPaths,
  protocols: protocolPaths,
  profiles: profilePaths,
  tags: tagPaths,
  settings: settingsPaths,
  search: searchPaths,
  hsm: hsmPaths,
  dispatches: dispatchPaths,
  surveys: surveyPaths,
  channels: channelPaths,
  deadLetters: deadLetterPaths,
  events: eventPaths,
  webchat: webchatPaths,
} as const;

export type Paths = typeof paths;

/** `METHOD /path` taken apart. */
export function splitPath(entry: string): { readonly method: string; readonly path: string } {
  const [method = '', path = ''] = entry.split(' ');
  return { method, path };
}
