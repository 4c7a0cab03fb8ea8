import type { SimulatorContext } from '../context.ts';
import type { FaultSubject } from '../control/faults.ts';
import { SimulatorError } from '../simulator-error.ts';
import { GraphRefusal } from './refusal.ts';

/** What stands between Meta and the business answers in its place, with a page that is no JSON. */
export class BrokenAnswer extends Error {
  readonly status: 502 | 504;
  readonly page: string;

  constructor(status: 502 | 504) {
    const title = status === 502 ? '502 Bad Gateway' : '504 Gateway Timeout';
    super(title);
    this.name = 'BrokenAnswer';
    this.status = status;
    this.page = `<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;
  }
}

/** Refuses a call when a fault asks for it. Nothing has been done then. */
export function strikeBefore(context: SimulatorContext, subject: FaultSubject): void {
  const { faults } = context;
  const throttle = faults.take('throttle', subject);
  if (throttle) throw new GraphRefusal(throttle.code ?? 130429);
  const broken = faults.take('server_error', subject);
  if (broken?.status === 502 || broken?.status === 504) throw new BrokenAnswer(broken.status);
  if (broken) throw new GraphRefusal(broken.status === 503 ? 2 : 131000);
  const asked = faults.take('graph_error', subject);
  if (asked) throw new GraphRefusal(asked.code, { details: asked.details });
}

/** Slows or refuses a call of any edge. Sends are refused later, when it is known to whom they go. */
export async function strikeCall(context: SimulatorContext, id: string, edge: string): Promise<void> {
  const subject = { phoneNumberId: id, edge };
  const slow = context.faults.take('slow_answers', subject);
  if (slow) await new Promise<void>((resolve) => context.clock.after(slow.delayMs ?? 3000, resolve));
  if (edge !== 'messages') strikeBefore(context, subject);
}

/**
 * Loses or delays the answer to a message that WAS accepted, when a fault asks for it. A drop is raised as
 * `connection_dropped`, which the Node server turns into a closed socket.
 */
export async function strikeAfter(
  context: SimulatorContext,
  subject: FaultSubject,
  signal: AbortSignal,
): Promise<void> {
  const lost = context.faults.take('lost_answer', subject);
  if (!lost) return;
  if (lost.mode === 'delay') {
    await new Promise<void>((resolve) => context.clock.after(lost.delayMs ?? 1000, resolve));
    return;
  }
  if (lost.mode === 'hang') {
    await new Promise<void>((resolve) => {
      const given = AbortSignal.any([signal, context.closing]);
      if (given.aborted) resolve();
      given.addEventListener('abort', () => resolve(), { once: true });
    });
  }
  throw new SimulatorError('connection_dropped', 'unable to answer; the connection was dropped on purpose');
}
