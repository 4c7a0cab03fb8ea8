import type { BodyOf, QueueSettings, Routes } from '@prosa/core/contract';

/** How a queue works that says nothing else. */
export const usualQueueSettings: QueueSettings = {
  routing: 'pull',
  offerSeconds: 30,
  offerAgainSeconds: 60,
  maxConcurrent: null,
  prefer: 'none',
  pendingFreesSlot: true,
  closePolicy: 'none',
  requiredFields: [],
  reopenWithinMinutes: null,
  // On WhatsApp people come back hours later; Movidesk switches it off there, too (M-03).
  inactivityMinutes: { whatsapp: null, webchat: null },
  pendingMinutes: { whatsapp: null, webchat: null },
  queueTimeoutMinutes: null,
  expireUnanswered: false,
  messages: { queued: null, started: null, transferred: null, ended: null, unavailable: null, offline: null },
  hours: null,
  holidays: [],
  outOfHours: 'wait',
  nobodyOnline: 'wait',
};

export type QueueChanges = Omit<BodyOf<Routes['queues']['update']>, 'name' | 'agentIds'>;

/** What is given replaces what was there; of what has slots only those that are given. */
export function mergeQueueSettings(before: QueueSettings, changes: QueueChanges): QueueSettings {
  const known = Object.entries(changes).filter(([name]) => name in usualQueueSettings);
  return {
    ...before,
    ...(given(Object.fromEntries(known)) as Partial<QueueSettings>),
    inactivityMinutes: { ...before.inactivityMinutes, ...given(changes.inactivityMinutes) },
    pendingMinutes: { ...before.pendingMinutes, ...given(changes.pendingMinutes) },
    messages: { ...before.messages, ...given(changes.messages) },
  };
}

/** From the column; a queue of an older version has what is usual now. */
export function parseQueueSettings(column: string): QueueSettings {
  return mergeQueueSettings(usualQueueSettings, JSON.parse(column) as QueueChanges);
}

function given(fields: object = {}): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
