import { routes, type Permission, type Route, type Routes } from '@prosa/core/contract';

/** Any one of these is enough; none: whoever the contract lists. */
type Needed = readonly Permission[];

const nothing: Needed = [];
const view: Needed = ['conversations.view_own_queues', 'conversations.view_all'];
const close: Needed = ['conversations.close', 'conversations.close_others'];
const customers: Needed = ['customers.view'];

/**
 * What an agent's profile has to allow for each route. Whose conversation it is, is looked at by the commands: `_others`
 * in `commands/ownership.ts`. A route that is not here does not compile.
 */
const needed: {
  readonly [Resource in Exclude<keyof Routes, 'webchat'>]: { readonly [Name in keyof Routes[Resource]]: Needed };
} = {
  conversations: {
    list: view,
    counts: view,
    get: view,
    position: view,
    read: view,
    typing: view,
    viewing: view,
    accept: ['conversations.accept'],
    decline: ['conversations.accept'],
    start: ['conversations.start'],
    transfer: ['conversations.transfer', 'conversations.transfer_others'],
    invite: ['conversations.invite'],
    // Whoever was asked may answer.
    join: view,
    leave: view,
    close,
    park: close,
    resume: close,
    save: close,
    discard: ['conversations.discard'],
    reopen: ['conversations.reopen'],
    convert: ['conversations.convert'],
    setTags: ['conversations.tag'],
    handOver: nothing,
    resolve: nothing,
  },
  messages: { list: view, get: view, send: view, resend: view, react: view },
  customers: { list: customers, get: customers, create: ['customers.create'], update: ['customers.edit'] },
  contacts: { list: customers, get: customers, link: ['customers.link'], unlink: ['customers.link'] },
  queues: { list: ['queues.view'], get: ['queues.view'], create: ['queues.create'], update: ['queues.edit'] },
  agents: {
    list: ['agents.view'],
    get: ['agents.view'],
    update: ['agents.edit'],
    // Of others `agents.pause_others`, which the handler asks for; of oneself it needs none.
    pause: nothing,
    me: nothing,
    permissions: nothing,
    presence: nothing,
  },
  attachments: { upload: nothing, get: nothing, url: nothing },
  protocols: { get: ['protocols.view'], history: ['protocols.view'], export: ['protocols.view'] },
  profiles: {
    list: ['profiles.view'],
    get: ['profiles.view'],
    create: ['profiles.create'],
    update: ['profiles.edit'],
    delete: ['profiles.delete'],
  },
  tags: { list: ['tags.view'], create: ['tags.create'], update: ['tags.edit'], delete: ['tags.delete'] },
  settings: { get: ['settings.view'], update: ['settings.edit'] },
  search: { conversations: ['search.use'] },
  hsm: {
    list: ['hsm.view'],
    get: ['hsm.view'],
    create: ['hsm.create'],
    update: ['hsm.edit'],
    delete: ['hsm.delete'],
    sync: ['hsm.edit'],
  },
  dispatches: {
    list: ['dispatches.view'],
    get: ['dispatches.view'],
    create: ['dispatches.create'],
    cancel: ['dispatches.cancel'],
    recipients: ['dispatches.view'],
    report: ['dispatches.view'],
  },
  surveys: {
    list: ['surveys.view'],
    get: ['surveys.view'],
    create: ['surveys.create'],
    update: ['surveys.edit'],
    send: ['surveys.send'],
    responses: ['surveys.results'],
    results: ['surveys.results'],
  },
  channels: {
    list: ['channels.view'],
    get: ['channels.view'],
    create: ['channels.create'],
    update: ['channels.edit'],
    delete: ['channels.delete'],
    // It asks with the number's token, and lets the number in again where that is good.
    test: ['channels.edit'],
  },
  deadLetters: { list: ['dead_letters.view'], redrive: ['dead_letters.redrive'] },
  // What a reader may not see is left out of the stream.
  events: { stream: nothing, poll: nothing },
};

const byRoute = new Map<Route, Needed>(
  Object.entries(needed).flatMap(([resource, group]) =>
    Object.entries(group).map(([name, permissions]): [Route, Needed] => [
      (routes as unknown as Record<string, Record<string, Route>>)[resource]?.[name] as Route,
      permissions,
    ]),
  ),
);

export function permissionsFor(route: Route): Needed {
  return byRoute.get(route) ?? nothing;
}

/** Routes that show what was said: in an open conversation of somebody else that is peeking. */
const threadRoutes: ReadonlySet<Route> = new Set<Route>([
  routes.messages.list,
  routes.messages.get,
  routes.attachments.get,
  routes.attachments.url,
  routes.protocols.history,
  routes.protocols.export,
]);

export function showsThread(route: Route): boolean {
  return threadRoutes.has(route);
}
