import { expect, it } from 'vitest';
import { isAllowed, isOwn, isVisible, type Viewer } from './visibility.ts';

const viewer = (sees: Viewer['sees']): Viewer => ({
  agentId: 'agt_ana',
  allowed: new Set(['conversations.peek']),
  sees,
  queueIds: new Set(['que_sales']),
});
const place = (queueId: string | null, ...agentIds: string[]) => ({ queueId, agentIds });

it('shows an agent nothing, their queues and what is theirs, or everything', () => {
  const places = [
    place('que_sales'),
    place('que_sales', 'agt_bia'),
    place('que_support'),
    place(null),
    place('que_support', 'agt_bia', 'agt_ana'),
    place(null, 'agt_ana'),
  ];
  const seen = (sees: Viewer['sees']) => places.map((one) => isVisible(viewer(sees), one));
  expect(seen('nothing')).toEqual([false, false, false, false, false, false]);
  expect(seen('own_queues')).toEqual([true, true, false, false, true, true]);
  expect(seen('all')).toEqual([true, true, true, true, true, true]);
});

it('knows what is allowed and whose it is; a server has no conversations of its own', () => {
  expect(isAllowed(viewer('all'), 'conversations.peek')).toBe(true);
  expect(isAllowed(viewer('all'), 'conversations.close')).toBe(false);
  const server: Viewer = { agentId: null, allowed: 'all', sees: 'all', queueIds: new Set() };
  expect(isAllowed(server, 'conversations.close')).toBe(true);
  expect(isOwn(server, place(null, 'agt_ana'))).toBe(false);
  expect(isOwn(viewer('nothing'), place(null, 'agt_ana'))).toBe(true);
});
