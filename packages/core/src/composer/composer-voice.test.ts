import { describe, expect, it } from 'vitest';
import type { Attachment, MessageSend } from '../contract/index.ts';
import { ManualClock, settle } from '../testing/manual-clock.ts';
import { agentOf, conversationOf, idOf, messageOf, timeOf } from '../testing/samples.ts';
import type { ComposerClient, ComposersOptions } from './composer-options.ts';
import { createComposers } from './composers.ts';
import { memoryDraftStorage } from './draft-storage.ts';

const agent = agentOf();
const conversationId = idOf('cnv', 1);
const note: Attachment = {
  id: idOf('att', 1),
  kind: 'audio',
  fileName: 'voz.ogg',
  mimeType: 'audio/ogg',
  size: 4,
  status: 'ready',
  createdAt: timeOf(0),
  version: 1,
};
const recording = () => new File(['webm'], 'voz.webm', { type: 'audio/webm' });

/** A composer whose uploads end when the test says so. */
function recorded(options: ComposersOptions = {}) {
  const clock = new ManualClock();
  const sent: MessageSend[] = [];
  const uploads: { resolve: (attachment: Attachment) => void; reject: (error: Error) => void }[] = [];
  const client = {
    messages: {
      send: (_: string, message: MessageSend) => {
        sent.push(message);
        return Promise.resolve(messageOf(9, { direction: 'outbound', status: 'pending' }));
      },
    },
    attachments: { upload: () => new Promise<Attachment>((resolve, reject) => uploads.push({ resolve, reject })) },
  } as unknown as ComposerClient;
  const composers = createComposers(client, { clock, owner: agent.id, ...options });
  const composer = composers.of(conversationId);
  const windowExpiresAt = new Date(clock.now() + 3_600_000).toISOString();
  const conversation = conversationOf(1, {
    status: 'active',
    assignee: { id: agent.id, name: agent.name },
    windowExpiresAt,
  });
  composer.setContext({ conversation, agent });
  const [id = ''] = composer.uploads.add([recording()], { voice: true });
  return { clock, sent, uploads, composers, composer, id };
}

describe('a recording', () => {
  it('goes by itself once it is up, as the answer; what is written meanwhile stays', async () => {
    const { sent, uploads, composer, id } = recorded();
    composer.setReplyTo(idOf('msg', 3));
    const going = composer.submitUpload(id);
    composer.setText('E mais uma coisa');
    await settle();
    expect(sent).toEqual([]);
    uploads[0]?.resolve(note);
    expect((await going)?.direction).toBe('outbound');
    expect(sent).toEqual([{ type: 'audio', attachmentId: note.id, voice: true, replyTo: idOf('msg', 3) }]);
    expect(composer.value).toMatchObject({ text: 'E mais uma coisa', replyTo: null, uploads: { uploads: [] } });
  });

  it('that cannot go up stays, and is sent with the rest once it is', async () => {
    const { sent, uploads, composer, id } = recorded();
    const going = composer.submitUpload(id);
    uploads[0]?.reject(new Error('the storage is full'));
    expect(await going).toBeNull();
    expect(composer.value.blockedBy).toBe('uploads_failed');
    composer.uploads.retry(id);
    uploads[1]?.resolve(note);
    await settle();
    await composer.submit();
    expect(sent).toEqual([{ type: 'audio', attachmentId: note.id, voice: true }]);
  });

  it('that somebody removes before it is up is not sent', async () => {
    const { sent, composer, id } = recorded();
    const going = composer.submitUpload(id);
    composer.uploads.remove(id);
    expect([await going, sent]).toEqual([null, []]);
  });

  it('stays when the page says no', async () => {
    const { sent, uploads, composer, id } = recorded({ beforeSend: () => false });
    uploads[0]?.resolve(note);
    expect([await composer.submitUpload(id), sent]).toEqual([null, []]);
    expect(composer.value.uploads.uploads).toHaveLength(1);
  });

  it('is still a voice message in the draft of another day', async () => {
    const storage = memoryDraftStorage();
    const { uploads, composers } = recorded({ storage });
    uploads[0]?.resolve(note);
    await settle();
    await composers.flush();
    const later = createComposers({} as ComposerClient, { clock: new ManualClock(), owner: agent.id, storage });
    const composer = later.of(conversationId);
    await settle();
    expect(composer.value.uploads.uploads).toMatchObject([{ voice: true, fileName: 'voz.ogg', status: 'ready' }]);
  });
});

it('tells how large a recording may be', () => {
  expect(recorded().composer.uploads.maxBytesOf('audio')).toBe(16 * 1024 * 1024);
  expect(recorded({ rules: {} }).composer.uploads.maxBytesOf('audio')).toBeNull();
});
