import { expect, it } from 'vitest';
import { paths } from '../contract/paths.ts';
import { liveDesk, numbersOf } from '../testing/live-desk.ts';
import { settle } from '../testing/manual-clock.ts';
import { agentOf, contactOf, customerOf, idOf, timeOf } from '../testing/samples.ts';
import { pageOf, problem } from '../testing/scripted-server.ts';
import { liveAgents, liveContacts, liveCustomers } from './live-registers.ts';

const noop = () => undefined;
const paused = { state: 'paused', pauseReason: 'Almoço', connected: true, since: timeOf(3) } as const;

it('says why agents cannot be listed', async () => {
  const { client, server } = await liveDesk();
  server.always(paths.agents.list, () => problem('forbidden', 403));
  const agents = liveAgents(client);
  agents.subscribe(noop);
  await settle();
  expect(agents).toMatchObject({ status: 'error', error: { code: 'forbidden' }, value: [] });
});

it('follows the presence of agents, and who is one', async () => {
  const { client, server, event } = await liveDesk();
  server.always(paths.agents.list, () => pageOf([agentOf(), agentOf({ id: idOf('agt', 2), name: 'Carla Nunes' })]));
  const agents = liveAgents(client, { active: true });
  agents.subscribe(noop);
  await settle();
  const [, carla] = agents.value;
  await event('agent.updated', { agent: agentOf({ version: 2, presence: paused }) });
  expect(agents.value[0]?.presence.state).toBe('paused');
  expect(agents.value[1]).toBe(carla);
  await event('agent.created', { agent: agentOf({ id: idOf('agt', 3), name: 'Bia Melo' }) });
  expect(numbersOf(agents.value)).toEqual([1, 3, 2]);
  await event('agent.updated', { agent: agentOf({ id: idOf('agt', 3), name: 'Bia Melo', version: 2, active: false }) });
  expect(numbersOf(agents.value)).toEqual([1, 2]);
  expect(server.requestsTo(paths.agents.list)[0]?.query.get('active')).toBe('true');
});

it('adds and lets go contacts as they are linked', async () => {
  const { client, server, event } = await liveDesk();
  const customerId = idOf('cus', 1);
  server.always(paths.contacts.list, () => pageOf([contactOf({ customerId })]));
  const contacts = liveContacts(client, { customerId });
  contacts.subscribe(noop);
  await settle();
  const second = contactOf({ id: idOf('ctt', 2), createdAt: timeOf(5), customerId });
  await event('customer.linked', { contact: second, customer: customerOf() });
  expect(numbersOf(contacts.value)).toEqual([2, 1]);
  await event('customer.unlinked', { contact: contactOf({ version: 2 }) });
  expect(numbersOf(contacts.value)).toEqual([2]);
});

it('keeps what a search of customers found, adds nobody to it, and adds to the list of all', async () => {
  const { client, server, event } = await liveDesk();
  server.always(paths.customers.list, () => pageOf([customerOf()]));
  const [found, all] = [liveCustomers(client, { search: 'bru' }), liveCustomers(client)];
  found.subscribe(noop);
  all.subscribe(noop);
  await settle();
  expect(numbersOf(found.value)).toEqual([1]);
  await event('customer.created', { customer: customerOf({ id: idOf('cus', 2), name: 'Bruna' }) });
  await event('customer.updated', { customer: customerOf({ version: 2, name: 'Caio' }) });
  expect([numbersOf(found.value), numbersOf(all.value)]).toEqual([[1], [2, 1]]);
  expect(found.value[0]?.name).toBe('Caio');
  server.always(paths.customers.list, () => pageOf([]));
  found.refresh();
  await settle();
  expect(found.value).toEqual([]);
});
