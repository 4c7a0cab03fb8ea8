import type { SimulatorContext } from '../context.ts';
import type { FaultSubject } from '../control/faults.ts';
import { SimulatorError } from '../simulator-error.ts';
import { GraphRefusal } from './refusal.ts';

/** Refuses a call when a fault asks for it. The message is then NOT accepted. */
export function strikeBefore(context: SimulatorContext, subject: FaultSubject): void {
  const { faults } = context;
  const throttle = faults.take('throttle', subject);
  if (throttle) throw new GraphRefusal(throttle.code ?? 130429);
  if (faults.take('server_error', subject)) throw new GraphRefusal(131000);
  const asked = faults.take('graph_error', subject);
  if (asked) throw new GraphRefusal(asked.code, { details: asked.details });
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
