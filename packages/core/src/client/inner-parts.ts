/** Parts that nobody names: those that are named share them. */
import { attachmentPaths, eventPaths } from '../contract/paths.ts';
import { createIdentity } from '../store/identity.ts';
import { LazyOutbox } from '../store/lazy-outbox.ts';
import { isTrying } from '../stream/connection-machine.ts';
import { EventStream } from '../stream/event-stream.ts';
import { serverFrames } from '../stream/server-frames.ts';
import { createTabs } from '../tabs/tabs.ts';
import type { Kernel } from './kernel.ts';
import { createAgents } from './resources/agents.ts';
import { createPost } from './resources/messages.ts';

export const identityOf = ({ calls }: Kernel) => createIdentity(() => createAgents(calls).me());

/** Names what a browser keeps, and the tabs that share it: one gateway and one agent. */
const ownerOf =
  ({ baseUrl, use }: Kernel) =>
  async () =>
    `${baseUrl} ${(await use(identityOf).get()).id}`;

export const tabsOf = (kernel: Kernel) => createTabs(kernel, kernel.use(ownerOf));

export function outboxOf({ clock, storage, calls, entities, emitter, use, onDestroy }: Kernel): LazyOutbox {
  const outbox = new LazyOutbox({
    clock,
    storage: 'indexedDB' in globalThis ? storage : (storage ?? null),
    owner: use(ownerOf),
    post: createPost(calls),
    upload: (file, fileName, options) =>
      calls.call(attachmentPaths.upload, { query: { fileName }, file, tries: 1, ...options }),
    onSent: (message) => {
      entities.put('message', message);
    },
    onUnsaved: (error) => {
      emitter.emit('outbox.unsaved', Object.freeze({ error }));
    },
  });
  use(tabsOf).share(outbox);
  entities.observe('message', null, (message) => {
    if (message) outbox.settle(message);
  });
  emitter.onConnected(() => {
    outbox.start();
    outbox.wake();
  });
  emitter.onOnline(() => {
    outbox.wake();
  });
  onDestroy(() => {
    outbox.destroy();
  });
  return outbox;
}

/** A hello takes a moment to arrive: clocks that differ by less than this agree. */
const leastAheadMs = 2000;

export function eventStreamOf(kernel: Kernel): EventStream {
  const { clock, transport, tokens, entities, emitter, use, onDestroy } = kernel;
  const tabs = use(tabsOf);
  const server = serverFrames({ clock, transport, tokens, routes: eventPaths });
  const source = tabs.frames(server, () => {
    stream.retry();
  });
  const stream: EventStream = new EventStream({
    clock,
    cursor: kernel.cursor,
    source: (cursor, reader) =>
      source(cursor, {
        ...reader,
        onFrame(frame) {
          if (frame.kind === 'hello') {
            const aheadMs = clock.now() - frame.serverTime;
            kernel.clockAheadMs = Math.abs(aheadMs) >= leastAheadMs ? aheadMs : 0;
          }
          reader.onFrame(frame);
        },
      }),
    refuseToken: () => {
      tokens.refuse();
    },
    onEvent: (event) => {
      entities.putEvent(event);
      emitter.emit(event.type, event);
      emitter.emit('event', event);
    },
    onSignal: (type, data) => {
      emitter.emit(type, data);
    },
    onDiscontinuity: (reason) => {
      emitter.emit('discontinuity', Object.freeze({ reason }));
    },
    onConnected: () => {
      emitter.emit('connected', null);
    },
    onOnline: () => {
      emitter.emit('online', null);
    },
    onChange: (snapshot) => {
      if (!isTrying(snapshot.state)) tabs.leave();
      emitter.emit('connection.changed', snapshot);
    },
  });
  onDestroy(() => {
    stream.destroy();
  });
  return stream;
}
