import { describe, expect, it } from 'vitest';
import type { Attachment, VisitorSend } from '../contract/index.ts';
import { AbortedError, ConnectionError, UsageError } from '../errors/local-errors.ts';
import { ManualClock, settle } from '../testing/manual-clock.ts';
import { idOf } from '../testing/samples.ts';
import { memoryWebchatStorage } from './storage.ts';
import { VisitorOutbox, type VisitorOutboxOptions } from './visitor-outbox.ts';

const day = 24 * 60 * 60 * 1000;
const refusal = new UsageError('unable to send; it is too long');
const noNetwork = new ConnectionError('unable to send; no network');
const attachment = { id: idOf('att', 1), kind: 'image' } as Attachment;
const photo = new Blob(['12345678'], { type: 'image/png' });

function open(change: Partial<VisitorOutboxOptions> = {}, clock = new ManualClock()) {
  const posted: { readonly message: VisitorSend; readonly key: string }[] = [];
  const storage = change.storage ?? memoryWebchatStorage();
  const outbox = new VisitorOutbox({
    clock,
    storage,
    storageKey: 'outbox',
    upload: () => Promise.resolve(attachment),
    post(message, key) {
      posted.push({ message, key });
      return Promise.resolve();
    },
    onChange: () => undefined,
    ...change,
  });
  const statesOf = () => outbox.pending.map(({ text, state }) => [text, state]);
  return { outbox, posted, clock, storage, statesOf };
}

/** Rejects as a request does when it is given up. */
function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(new AbortedError('send'));
    });
  });
}

describe('a message that is refused', () => {
  it('is shown as failed and holds nothing back', async () => {
    const sent: string[] = [];
    const { outbox, statesOf } = open({
      post(message) {
        if ('text' in message && message.text === 'um') return Promise.reject(refusal);
        sent.push('text' in message ? message.text : '');
        return Promise.resolve();
      },
    });
    outbox.add('um', null);
    outbox.add('dois', null);
    await settle();
    expect(statesOf()).toEqual([['um', 'failed']]);
    expect(outbox.pending[0]?.error).toBe(refusal);
    expect(sent).toEqual(['dois']);
  });

  it('goes again, as the same, only when it is asked to', async () => {
    const keys: string[] = [];
    const answers = [() => Promise.reject(refusal), () => Promise.resolve()];
    const { outbox, clock } = open({
      post(_, key) {
        keys.push(key);
        return answers.shift()?.() ?? Promise.resolve();
      },
    });
    outbox.add('um', null);
    await clock.advance(day);
    outbox.wake();
    await settle();
    expect(keys).toHaveLength(1);
    outbox.retry('unknown');
    outbox.retry(outbox.pending[0]?.clientId ?? '');
    await settle();
    expect(keys[1]).toBe(keys[0]);
    expect(outbox.pending).toEqual([]);
  });
});

describe('without a network', () => {
  it('tries with growing waits, in order, for as long as it takes', async () => {
    let isUp = false;
    const sent: string[] = [];
    const { outbox, clock, statesOf } = open({
      post(message) {
        if (!isUp) return Promise.reject(noNetwork);
        sent.push('text' in message ? message.text : '');
        return Promise.resolve();
      },
    });
    outbox.add('um', null);
    outbox.add('dois', null);
    await clock.advance(60 * 60_000);
    expect(statesOf()).toEqual([
      ['um', 'queued'],
      ['dois', 'queued'],
    ]);
    isUp = true;
    outbox.wake();
    await settle();
    expect([sent, outbox.pending, clock.pending]).toEqual([['um', 'dois'], [], 0]);
  });
});

describe('a file', () => {
  it('tells how much of it has left, and goes with its words', async () => {
    const progress: (number | undefined)[] = [];
    const { outbox, posted } = open({
      upload(_file, _name, { onProgress }) {
        for (const loadedBytes of [0, 4, 8]) onProgress({ loadedBytes, totalBytes: 8 });
        return Promise.resolve(attachment);
      },
      onChange(pending) {
        const now = pending[0]?.file?.progress;
        if (now !== progress.at(-1)) progress.push(now);
      },
    });
    outbox.add('olha', { file: photo, fileName: 'foto.png' });
    expect(outbox.pending).toMatchObject([{ text: 'olha', file: { fileName: 'foto.png', size: 8 } }]);
    await settle();
    expect(progress).toEqual([0, 0.5, 1, undefined]);
    expect(posted.map(({ message }) => message)).toMatchObject([
      { type: 'image', attachmentId: attachment.id, caption: 'olha' },
    ]);
  });

  it('that is empty is all there at once', async () => {
    const seen: unknown[] = [];
    const { outbox } = open({
      upload(_file, _name, { onProgress }) {
        onProgress({ loadedBytes: 0, totalBytes: 0 });
        return Promise.resolve(attachment);
      },
      onChange: (pending) => seen.push(pending[0]?.file?.progress),
    });
    outbox.add('', { file: new Blob([]), fileName: 'nada.txt' });
    await settle();
    expect(seen).toContain(1);
  });

  it('is uploaded once, though its message has to be sent again', async () => {
    let uploads = 0;
    const answers = [() => Promise.reject(noNetwork), () => Promise.resolve()];
    const { outbox, clock } = open({
      upload: () => Promise.resolve((uploads++, attachment)),
      post: () => answers.shift()?.() ?? Promise.resolve(),
    });
    outbox.add('', { file: photo, fileName: 'foto.png' });
    await clock.advance(1000);
    expect([uploads, outbox.pending]).toEqual([1, []]);
  });

  it('is uploaded again when the sender has become another', async () => {
    let uploads = 0;
    const answers = [() => Promise.reject(noNetwork), () => Promise.resolve()];
    const { outbox, clock } = open({
      upload: () => Promise.resolve((uploads++, attachment)),
      post: () => answers.shift()?.() ?? Promise.resolve(),
    });
    outbox.add('', { file: photo, fileName: 'foto.png' });
    await settle();
    outbox.forgetUploads();
    await clock.advance(1000);
    expect([uploads, outbox.pending]).toEqual([2, []]);
  });

  it('can be given up while it is on its way, and the next message goes', async () => {
    let signal: AbortSignal | null = null;
    const { outbox, posted } = open({
      upload(_file, _name, options) {
        ({ signal } = options);
        return untilAborted(options.signal);
      },
    });
    outbox.add('', { file: photo, fileName: 'foto.png' });
    outbox.add('deixa', null);
    await settle();
    expect(posted).toEqual([]);
    outbox.discard(outbox.pending[0]?.clientId ?? '');
    await settle();
    expect(signal).toMatchObject({ aborted: true });
    expect(posted.map(({ message }) => message)).toMatchObject([{ type: 'text', text: 'deixa' }]);
    expect(outbox.pending).toEqual([]);
  });
});

describe('after a reload', () => {
  it('texts are there, files are not', () => {
    const { outbox, storage } = open({ post: () => Promise.reject(noNetwork) });
    outbox.add('um', null);
    outbox.add('', { file: photo, fileName: 'foto.png' });
    const again = open({ storage });
    expect(again.outbox.pending).toMatchObject([
      { clientId: outbox.pending[0]?.clientId, text: 'um', file: null, state: 'queued' },
    ]);
  });

  it('what was refused still is', async () => {
    const { outbox, storage } = open({ post: () => Promise.reject(refusal) });
    outbox.add('um', null);
    await settle();
    const again = open({ storage });
    again.outbox.wake();
    await settle();
    expect(again.statesOf()).toEqual([['um', 'failed']]);
    expect(again.posted).toEqual([]);
  });

  it('what was written on another day goes only when it is asked to', async () => {
    const { outbox, storage, clock } = open({ post: () => Promise.reject(noNetwork) });
    outbox.add('um', null);
    await settle();
    outbox.destroy();
    clock.sleep(day + 1);
    const again = open({ storage }, clock);
    again.outbox.wake();
    await settle();
    expect(again.statesOf()).toEqual([['um', 'failed']]);
    again.outbox.retry(again.outbox.pending[0]?.clientId ?? '');
    await settle();
    expect(again.posted).toHaveLength(1);
  });
});

describe('the end', () => {
  it('stops what is on its way, sends nothing more, and keeps the words for the next page', async () => {
    let posts = 0;
    const { outbox, storage, clock } = open({
      post(_message, _key, signal) {
        posts++;
        return untilAborted(signal);
      },
    });
    outbox.add('um', null);
    outbox.add('dois', null);
    await settle();
    outbox.destroy();
    outbox.wake();
    await clock.advance(day);
    expect([posts, clock.pending]).toEqual([1, 0]);
    expect(open({ storage }).statesOf()).toEqual([
      ['um', 'queued'],
      ['dois', 'queued'],
    ]);
  });

  it('of a visit clears everything', async () => {
    const { outbox, storage } = open({ post: (_message, _key, signal) => untilAborted(signal) });
    outbox.add('um', null);
    await settle();
    outbox.clear();
    await settle();
    expect([outbox.pending, storage.get('outbox')]).toEqual([[], null]);
  });
});
