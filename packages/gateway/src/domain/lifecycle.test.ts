import { conversationStatuses } from '@prosa/core/contract';
import { describe, expect, it } from 'vitest';
import {
  endedStatuses,
  isInService,
  isOver,
  isWaiting,
  lifecycle,
  nextStatus,
  type LifecycleCommand,
} from './lifecycle.ts';

const states = ['none', ...conversationStatuses] as const;
const commands = [...new Set(Object.values(lifecycle).flatMap((row) => Object.keys(row)))].sort() as LifecycleCommand[];

describe('the life of a conversation', () => {
  it('has a row for every state', () => {
    expect(Object.keys(lifecycle).sort()).toEqual([...states].sort());
  });

  it('allows, of every state and every command, exactly these', () => {
    const allowed = states.flatMap((from) =>
      commands.flatMap((command) => {
        const to = nextStatus(from, command);
        return to === null ? [] : [`${from} ${command} ${to}`];
      }),
    );
    expect(allowed).toMatchInlineSnapshot(`
      [
        "none receive queued",
        "none receive_by_bot bot",
        "none receive_for_triage triage",
        "none start awaiting_reply",
        "triage convert_to_agent active",
        "triage convert_to_queue queued",
        "triage discard closed",
        "triage receive triage",
        "bot expire expired",
        "bot hand_over queued",
        "bot leave closed",
        "bot receive bot",
        "bot resolve_by_bot closed",
        "awaiting_reply end wrap_up",
        "awaiting_reply expire expired",
        "awaiting_reply reply_to_agent active",
        "awaiting_reply reply_to_queue queued",
        "queued accept active",
        "queued assign active",
        "queued defer triage",
        "queued discard closed",
        "queued expire expired",
        "queued leave closed",
        "queued offer offered",
        "queued queue_timeout closed",
        "queued receive queued",
        "queued transfer_to_agent active",
        "queued transfer_to_queue queued",
        "queued turn_away closed",
        "offered accept active",
        "offered decline queued",
        "offered discard closed",
        "offered expire expired",
        "offered leave closed",
        "offered offer_timeout queued",
        "offered receive offered",
        "offered return_to_sender active",
        "offered transfer_to_agent active",
        "offered transfer_to_queue queued",
        "active end wrap_up",
        "active expire expired",
        "active inactivity wrap_up",
        "active invite active",
        "active join active",
        "active leave wrap_up",
        "active park pending",
        "active receive active",
        "active requeue queued",
        "active send active",
        "active transfer_to_agent active",
        "active transfer_to_queue queued",
        "active transfer_with_offer offered",
        "active view active",
        "pending end wrap_up",
        "pending expire expired",
        "pending inactivity wrap_up",
        "pending invite pending",
        "pending join pending",
        "pending leave wrap_up",
        "pending receive active",
        "pending requeue queued",
        "pending resume active",
        "pending send pending",
        "pending transfer_to_agent active",
        "pending transfer_to_queue queued",
        "pending transfer_with_offer offered",
        "pending view pending",
        "wrap_up save closed",
        "closed reopen queued",
        "expired reopen queued",
      ]
    `);
  });

  it('covers every transition of the state machine', () => {
    const rules = new Set(Object.values(lifecycle).flatMap((row) => Object.values(row).map(({ rule }) => rule)));
    // T29 links a customer and changes no state.
    const wanted = Array.from({ length: 30 }, (_, index) => `T${index + 1}`).filter((rule) => rule !== 'T29');
    expect([...rules].sort()).toEqual([...wanted].sort());
  });

  it('leaves what is over only by a reopening', () => {
    for (const state of endedStatuses) expect(Object.keys(lifecycle[state])).toEqual(['reopen']);
  });

  it('can be ended from every state', () => {
    const canEnd = (from: (typeof states)[number], seen: readonly string[] = []): boolean =>
      isOver(from) ||
      Object.values(lifecycle[from] as Record<string, { to: (typeof states)[number] }>).some(
        ({ to }) => !seen.includes(to) && canEnd(to, [...seen, from]),
      );
    expect(states.filter((state) => !canEnd(state))).toEqual([]);
  });

  it('takes no name of an object for a command', () => {
    expect(nextStatus('queued', 'constructor' as LifecycleCommand)).toBeNull();
  });

  it('knows who waits and who is served', () => {
    expect(conversationStatuses.filter(isWaiting)).toEqual(['queued', 'offered']);
    expect(conversationStatuses.filter(isInService)).toEqual(['active', 'pending']);
  });
});
