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
    'awaiting_reply end wrap_up',
    'awaiting_reply reply_to_agent active',
    'awaiting_reply reply_to_queue queued',
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
