import { second } from '../clock.ts';
import type { AgentStreams } from './agent-streams.ts';

/** A page that polls asks again at once, and after an error within seconds. */
const lingerMs = 10 * second;

/** Counts an agent as connected from one poll to the next. Returns what says that this poll is answered. */
export type PollHolds = (held: Parameters<AgentStreams['open']>[0]) => Promise<() => void>;

interface Hold {
  readonly leave: Promise<() => void>;
  waiting: number;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/** @param shutdown aborted when the streams give up what they hold by themselves */
export function createPollHolds(streams: Pick<AgentStreams, 'open'>, shutdown: AbortSignal): PollHolds {
  const holds = new Map<string, Hold>();
  shutdown.addEventListener('abort', () => {
    for (const { timer } of holds.values()) clearTimeout(timer);
  });

  return async (held) => {
    const { agentId } = held;
    const hold = holds.get(agentId) ?? { leave: streams.open(held), waiting: 0, timer: undefined };
    holds.set(agentId, hold);
    clearTimeout(hold.timer);
    hold.waiting++;
    try {
      await hold.leave;
    } catch (error) {
      if (holds.get(agentId) === hold) holds.delete(agentId);
      throw error;
    }
    return () => {
      if (--hold.waiting > 0 || shutdown.aborted) return;
      hold.timer = setTimeout(() => {
        holds.delete(agentId);
        void hold.leave.then((leave) => leave());
      }, lingerMs);
    };
  };
}
