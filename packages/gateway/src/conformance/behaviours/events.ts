import { routes, type Conversation, type FramePage } from '@prosa/core/contract';
import { second } from '../../clock.ts';
import type { Behaviour } from '../behaviour.ts';
import { nameOf, problemsOf, type EventReader, type Frame } from '../event-reader.ts';
import { expectSame, expectThat } from '../unmet.ts';

/** What comes late by the network, not by the server. */
const lateMs = 2 * second;
const longestHeartbeatSeconds = 30;

/** The stream: what the pages show is kept up to date by it alone. */
export const events: readonly Behaviour[] = [
  {
    id: 'events.hello',
    says: 'The stream begins with `hello`, and with a cursor to resume from.',
    async run(desk) {
      const { hello } = await desk.events(await desk.agent('ana'));
      expectSame(hello.data['resumed'], false, 'without a cursor, `resumed`');
      expectThat(typeof hello.data['cursor'] === 'string' && hello.data['cursor'] !== '', 'a cursor', hello);
    },
  },
  {
    id: 'events.story',
    says: 'What happens is told in its order: whole entities, with the versions that the answers have.',
    needs: ['customer'],
    async run(desk) {
      const ana = await desk.agent('ana');
      const stream = await desk.events(ana);
      const conversation = await desk.waiting();
      const params = { conversationId: conversation.id };
      const taken = await ana.ok(routes.conversations.accept, { params });
      const sent = await ana.ok(routes.messages.send, { params, body: { type: 'text', text: 'Bom dia' } });
      const told = await stream.until(
        (frame) => nameOf(frame) === 'event message.created' && messageIdOf(frame) === sent.id,
        'the message in the stream',
      );
      const story = storyOf(stream, conversation.id);
      expectThat(nameOf(story[0] ?? told) === 'event conversation.created', 'conversation.created first', named(story));
      const assigned = story.find((frame) => nameOf(frame) === 'event conversation.assigned');
      expectThat(assigned !== undefined, 'conversation.assigned', named(story));
      expectSame(conversationOf(assigned)?.version, taken.version, 'the version of what was accepted');
      const versions = story.map((frame) => conversationOf(frame)?.version ?? 0);
      expectThat(
        versions.every((version, i) => i === 0 || version >= (versions[i - 1] ?? 0)),
        'versions that never go back',
        versions,
      );
    },
  },
  {
    id: 'events.resume',
    says: 'A stream that resumes from a cursor tells what came after it: each event once, in its order.',
    needs: ['customer'],
    async run(desk) {
      const ana = await desk.agent('ana');
      const first = await desk.events(ana);
      const witness = await desk.events(ana);
      const { id } = await desk.waiting();
      const seen = await first.until((frame) => frame.name === 'event' && idOf(frame) === id, 'the first event');
      first.close();
      const params = { conversationId: id };
      await ana.ok(routes.conversations.accept, { params });
      const sent = await ana.ok(routes.messages.send, { params, body: { type: 'text', text: 'Bom dia' } });
      const isLast = (frame: Frame) => messageIdOf(frame) === sent.id && nameOf(frame) === 'event message.created';
      await witness.until(isLast, 'the message in the stream');
      const all = witness.frames.filter(({ name }) => name === 'event').map((frame) => nameOf(frame));
      const after = witness.frames.findIndex((frame) => sameEvent(frame, seen));
      expectThat(after !== -1, 'two streams of one agent that tell the same', all);
      const missed = witness.frames.slice(after + 1).filter((frame) => idOf(frame) === id);

      const cursor = seen.id ?? '';
      for (const input of [{ query: { cursor } }, { headers: { 'Last-Event-ID': cursor } }]) {
        const resumed = await desk.events(ana, input);
        expectSame(resumed.hello.data['resumed'], true, `\`resumed\`, with ${Object.keys(input)[0]},`);
        await resumed.until(isLast, 'what was missed');
        const again = storyOf(resumed, id).slice(0, missed.length);
        expectSame(again.map(digestOf), missed.map(digestOf), 'what was missed,');
      }
    },
  },
  {
    id: 'events.reset',
    says: 'A cursor that the server cannot resume from is answered with `resumed: false`, not with a refusal.',
    async run(desk) {
      const { hello } = await desk.events(await desk.agent('ana'), { query: { cursor: 'nonsense' } });
      expectSame(hello.data['resumed'], false, '`resumed`');
    },
  },
  {
    id: 'events.fresh',
    says: 'A stream without a cursor tells nothing of what was before it.',
    needs: ['customer'],
    async run(desk) {
      const ana = await desk.agent('ana');
      const before = await desk.attended();
      const stream = await desk.events(ana);
      const { id } = await desk.waiting();
      await stream.until((frame) => idOf(frame) === id, 'an event of the next conversation');
      const old = storyOf(stream, before.id);
      expectThat(old.length === 0, 'nothing of the conversation before', named(old));
    },
  },
  {
    id: 'events.signal',
    says: 'That another agent looks at a conversation is told as a `signal`, without a cursor.',
    needs: ['customer', 'second_agent'],
    async run(desk) {
      const [ana, bia] = [await desk.agent('ana'), await desk.agent('bia')];
      const { id } = await desk.waiting();
      const stream = await desk.events(ana);
      const input = { params: { conversationId: id }, body: { viewing: true }, key: null };
      // It is told to whoever listens at that moment, so it is said again, as pages do.
      const signal = await desk.eventually('the signal', async () => {
        await bia.ok(routes.conversations.viewing, input);
        return stream.frames.find((frame) => nameOf(frame) === 'signal viewing.changed') ?? null;
      });
      expectThat(signal.id === undefined || signal.id === '', 'no id', signal.id);
    },
  },
  {
    id: 'events.expiry',
    says: 'When its token expires the stream says `bye` with `token_expired`, and ends.',
    needs: ['signing'],
    isSlow: true,
    async run(desk) {
      const brief = desk.bearer(await desk.token('ana', { expiresInSeconds: 2 }));
      const stream = await desk.events(brief);
      const { data } = await stream.until(({ name }) => name === 'bye', 'a `bye`');
      expectSame(data['reason'], 'token_expired', 'the reason');
      await stream.ended('it said bye');
    },
  },
  {
    id: 'events.heartbeat',
    says: 'Something is sent at least as often as `hello` says, also when nothing happens; a `skip` can be resumed from.',
    isSlow: true,
    async run(desk) {
      // Where rights differ, this agent is not told all that happens, and gets a `skip` now and then.
      const agent = await desk.agent(desk.canSign ? 'davi' : 'ana');
      const stream = await desk.events(agent);
      const { heartbeatSeconds } = stream.hello.data as { readonly heartbeatSeconds: number };
      expectThat(heartbeatSeconds <= longestHeartbeatSeconds, `${longestHeartbeatSeconds} s at most`, heartbeatSeconds);
      const longestMs = heartbeatSeconds * second + Math.min(lateMs, heartbeatSeconds * second);
      await new Promise((resolve) => setTimeout(resolve, longestMs + second / 2));
      const times = [...stream.heardAt, Date.now()];
      const silences = times.map((time, i) => time - (times[i - 1] ?? time));
      expectThat(Math.max(...silences) <= longestMs, `no silence over ${longestMs} ms`, `${Math.max(...silences)} ms`);
      const cursor = stream.frames.findLast(({ id }) => id !== undefined)?.id ?? '';
      const { hello } = await desk.events(agent, { query: { cursor } });
      expectSame(hello.data['resumed'], true, '`resumed`, with the last cursor,');
    },
  },
  {
    id: 'events.poll',
    says: 'Where a proxy holds streams back, the same frames come as pages: `hello` first, then what happened.',
    needs: ['customer'],
    part: { name: 'poll', probe: routes.events.poll, query: { waitSeconds: 0 } },
    async run(desk) {
      const ana = await desk.agent('ana');
      const page = (query: Record<string, string | number>): Promise<FramePage> =>
        ana.ok(routes.events.poll, { query });
      let { cursor, frames } = await page({ waitSeconds: 0 });
      expectSame(frames[0]?.event, 'hello', 'the first frame');
      const { id } = await desk.waiting();
      await desk.eventually('the conversation in a page', async () => {
        ({ cursor, frames } = await page({ cursor, waitSeconds: 1 }));
        const read = frames.map(({ event: name, id: frameId, data }) => ({ name, id: frameId, data }));
        for (const frame of read) {
          for (const problem of problemsOf(frame)) desk.wire.violations.frames.push(`poll: ${frame.name}: ${problem}`);
        }
        return read.find((frame) => idOf(frame) === id) ?? null;
      });
    },
  },
];

function dataOf(frame: Frame | undefined): Readonly<Record<string, unknown>> {
  return (frame?.data['data'] ?? {}) as Readonly<Record<string, unknown>>;
}

function conversationOf(frame: Frame | undefined): Conversation | undefined {
  return dataOf(frame)['conversation'] as Conversation | undefined;
}

/** Of the conversation that it is about. */
function idOf(frame: Frame): string | undefined {
  return frame.name === 'event' ? conversationOf(frame)?.id : undefined;
}

function messageIdOf(frame: Frame): string | undefined {
  return (dataOf(frame)['message'] as { readonly id?: string } | undefined)?.id;
}

function storyOf({ frames }: EventReader, conversationId: string): readonly Frame[] {
  return frames.filter((frame) => idOf(frame) === conversationId);
}

/** Cursors of two streams need not be alike: the event is. */
function digestOf(frame: Frame): string {
  const { version, status } = conversationOf(frame) ?? {};
  return [nameOf(frame), version, status, messageIdOf(frame) ?? ''].join(' ');
}

function sameEvent(one: Frame, other: Frame): boolean {
  return one.name === other.name && idOf(one) === idOf(other) && digestOf(one) === digestOf(other);
}

function named(frames: readonly Frame[]): readonly string[] {
  return frames.map((frame) => nameOf(frame));
}
