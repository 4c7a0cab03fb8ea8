import { conversationStatuses } from '@prosa/core/contract';
import { expect, it } from 'vitest';
import { lifecycleCommands, nextStatus } from './lifecycle.ts';

it('allows exactly the transitions of the table', () => {
  const allowed = conversationStatuses.flatMap((from) =>
    lifecycleCommands.flatMap((command) => {
      const to = nextStatus(from, command);
      return to === null ? [] : [`${from} ${command} ${to}`];
    }),
  );
  expect(allowed).toEqual([
    'queued accept active',
    'queued transfer_to_agent active',
    'queued transfer_to_queue queued',
    'queued abandon closed',
    'active transfer_to_agent active',
    'active transfer_to_queue queued',
    'active end wrap_up',
    'wrap_up save closed',
  ]);
});
