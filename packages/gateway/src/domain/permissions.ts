import { permissions, type Agent, type Permission } from '@prosa/core/contract';

const agent: readonly Permission[] = [
  'conversations.view_own_queues',
  'conversations.view_all',
  'conversations.peek',
  'conversations.accept',
  'conversations.start',
  'conversations.transfer',
  'conversations.invite',
  'conversations.close',
  'conversations.reopen',
  'conversations.convert',
  'conversations.tag',
  'customers.view',
  'customers.create',
  'customers.edit',
  'customers.link',
  'queues.view',
  'agents.view',
  'tags.view',
  'settings.view',
  'hsm.view',
  'surveys.view',
  'surveys.send',
  'surveys.results',
  'protocols.view',
  'search.use',
];

const supervisor: readonly Permission[] = [
  ...agent,
  'conversations.transfer_others',
  'conversations.close_others',
  'conversations.discard',
  'agents.pause_others',
  'profiles.view',
];

/** What each role may do while its profile was not changed (DOMAIN §7). */
export const usualPermissions: Readonly<Record<Agent['role'], readonly Permission[]>> = {
  agent,
  supervisor,
  administrator: permissions,
};
