import { describe, expect, it, vi } from 'vitest';
import { createList } from '../client/list.ts';
import type { Attachment, Conversation, MessageSend } from '../contract/index.ts';
import { ConnectionError } from '../errors/local-errors.ts';
import { ManualClock, settle } from '../testing/manual-clock.ts';
import { agentOf, conversationOf, customerOf, idOf, messageOf, templateOf, timeOf } from '../testing/samples.ts';
import type { CannedReply } from './canned-reply.ts';
import type { Composer } from './composer.ts';
import type { ComposerClient, ComposersOptions, OutgoingNote } from './composer-options.ts';
import { createComposers } from './composers.ts';

const agent = agentOf();
const hour = 60 * 60 * 1000;
const conversationId = idOf('cnv', 1);

const attachment: Attachment = {
  id: idOf('att', 1),
  kind: 'image',
  fileName: 'foto.png',
  mimeType: 'image/png',
  size: 4,
  status: 'ready',
  createdAt: timeOf(0),
  version: 1,
};

/** A composer in an open conversation of the agent, on WhatsApp, and what it did. */
function writing(options: ComposersOptions = {}, change: Partial<Conversation> = {}) {
  const clock = new ManualClock();
  const done: unknown[] = [];
  const failing: { error: Error | null } = { error: null };
  const act = <T>(what: unknown, answer: T): Promise<T> => {
    done.push(what);
    return failing.error ? Promise.reject(failing.error) : Promise.resolve(answer);
  };
  const open = conversationOf(1, {
    status: 'active',
    assignee: { id: agent.id, name: agent.name },
    windowExpiresAt: new Date(clock.now() + hour).toISOString(),
    tags: [{ id: 'tag_1', name: 'Entrega' }],
    ...change,
  });
  const client: ComposerClient = {
    messages: { send: (_, message) => act(message, messageOf(9, { direction: 'outbound', status: 'pending' })) },
    attachments: { upload: () => act('upload', attachment) },
    agents: {
      me: () => Promise.resolve(agent),
      list: () =>
        createList(() =>
          Promise.resolve({ data: [agent, { ...agent, id: idOf('agt', 2), name: 'Caio Dias' }], nextCursor: null }),
        ),
    },
    conversations: {
      get: () => Promise.resolve(open),
      setTags: (_, tagIds) => act({ tagIds }, open),
      transfer: (_, params) => act({ transfer: params }, open),
      park: () => act('park', open),
      close: (_, params) => act({ close: params }, open),
    },
  };
  const composers = createComposers(client, { clock, owner: agent.id, ...options });
  const composer = composers.of(conversationId);
  composer.setContext({ conversation: open, customer: customerOf({ name: 'Marina Alves' }), agent });
  return { clock, done, failing, open, composers, composer };
}

const blockOf = (composer: Composer) => composer.value.blockedBy;
const text = (words: string): MessageSend => ({ type: 'text', text: words });

describe('it cannot send', () => {
  it.each<[string, Partial<Conversation>]>([
    ['closed', { status: 'closed' }],
    ['closed', { status: 'wrap_up' }],
    ['not_yours', { assignee: null }],
    ['not_yours', { assignee: { id: 'agt_x', name: 'Caio' }, participants: [{ ...agent, joined: false }] }],
    ['awaiting_reply', { status: 'awaiting_reply' }],
    ['needs_template', { windowExpiresAt: timeOf(-600) }],
  ])('%s', async (block, change) => {
    const { composer, done } = writing({}, change);
    composer.setText('Olá');
    expect([composer.value.canSend, blockOf(composer)]).toEqual([false, block]);
    await expect(composer.submit()).rejects.toThrow(`it is blocked by "${block}"`);
    expect([done, composer.value.text]).toEqual([[], 'Olá']);
  });

  it('before it knows where and who', () => {
    const composer = createComposers({} as ComposerClient, { owner: 'a' }).of(conversationId);
    composer.setText('Olá');
    expect(blockOf(composer)).toBe('loading');
  });

  it('nothing, blanks, or too much', () => {
    const { composer } = writing();
    expect(blockOf(composer)).toBe('empty');
    composer.setText(' \n ');
    expect(blockOf(composer)).toBe('empty');
    composer.setText('a'.repeat(4097));
    expect([blockOf(composer), composer.value.excess]).toEqual(['too_long', 1]);
  });

  it('with a caption that is longer than captions are', async () => {
    const { composer } = writing();
    composer.uploads.add([new File(['abcd'], 'foto.png')]);
    await settle();
    composer.setText('a'.repeat(1025));
    expect([blockOf(composer), composer.value.excess]).toEqual(['too_long', 1]);
  });

  it('while files are on their way, and when one was refused', async () => {
    const { composer } = writing();
    composer.uploads.add([new File(['abcd'], 'foto.png')]);
    expect(blockOf(composer)).toBe('uploading');
    composer.uploads.add([new File(['abcd'], 'programa.exe')]);
    await settle();
    expect(blockOf(composer)).toBe('uploads_failed');
  });

  it('files that the channel of the conversation does not take', () => {
    const big = () => [new File([new Uint8Array(17 * 1024 * 1024)], 'contrato.pdf')];
    for (const [origin, status] of [
      ['webchat', 'refused'],
      ['whatsapp', 'uploading'],
    ] as const) {
      const { composer } = writing({}, { origin });
      composer.uploads.add(big());
      expect(composer.uploads.value.uploads.map((upload) => upload.status)).toEqual([status]);
    }
  });

  it('braces that nobody can fill in', () => {
    const { composer } = writing();
    composer.setText('Seu protocolo é {protocolo}.');
    expect([blockOf(composer), composer.value.unfilled]).toEqual(['placeholders_missing', ['protocolo']]);
  });

  it('notes that nobody takes', () => {
    const { composer } = writing();
    composer.setText('Olá');
    composer.setMode('note');
    expect(blockOf(composer)).toBe('note_not_supported');
  });

  it('a moment after the window has closed, before anybody’s eyes', async () => {
    const { clock, composer } = writing();
    const listener = vi.fn();
    composer.subscribe(listener);
    composer.setText('Olá');
    await clock.advance(hour - 1);
    expect(composer.value.canSend).toBe(true);
    listener.mockClear();
    await clock.advance(1);
    expect(listener).toHaveBeenCalled();
    expect(blockOf(composer)).toBe('needs_template');
  });
});

describe('it sends', () => {
  it('text, filled in, and is empty at once', async () => {
    const { composer, done } = writing();
    composer.setText('  Olá, {cliente.primeiro_nome}.\n');
    const sending = composer.submit();
    expect(composer.value).toMatchObject({ text: '', isEmpty: true, canSend: false });
    expect(await sending).toHaveLength(1);
    expect(done).toEqual([text('Olá, Marina.')]);
  });

  it('files in order, the text with the first', async () => {
    const { composer, done } = writing();
    composer.uploads.add([new File(['abcd'], 'foto.png')]);
    await settle();
    composer.setText('Segue a foto');
    await composer.submit();
    expect(done.slice(1)).toEqual([{ type: 'image', attachmentId: attachment.id, caption: 'Segue a foto' }]);
    expect(composer.value.uploads.uploads).toEqual([]);
  });

  it('a file in the very moment in which it is ready', async () => {
    const { composer, done } = writing();
    composer.uploads.add([new File(['abcd'], 'foto.png')]);
    while (!composer.value.canSend) await Promise.resolve();
    await composer.submit();
    expect(done.slice(1)).toEqual([{ type: 'image', attachmentId: attachment.id }]);
  });

  it('nothing when the page says no', async () => {
    const { composer, done } = writing({ beforeSend: () => false });
    composer.setText('Olá');
    expect(await composer.submit()).toEqual([]);
    expect([done, composer.value.text]).toEqual([[], 'Olá']);
  });

  it('and leaves what failed to the thread, which shows it', async () => {
    const { composer, failing } = writing();
    failing.error = new ConnectionError('unable to send; refused');
    composer.setText('Olá');
    await expect(composer.submit()).rejects.toBe(failing.error);
    expect(composer.value.text).toBe('');
  });

  it('and gives back what was aborted, unless something new is written', async () => {
    const { composer, failing } = writing();
    failing.error = new ConnectionError('unable to send; aborted');
    const aborter = new AbortController();
    composer.setText('Olá');
    const sending = composer.submit({ signal: aborter.signal });
    aborter.abort();
    await expect(sending).rejects.toThrow();
    expect(composer.value.text).toBe('Olá');
    const again = new AbortController();
    const second = composer.submit({ signal: again.signal });
    composer.setText('Outra coisa');
    again.abort();
    await expect(second).rejects.toThrow();
    expect(composer.value.text).toBe('Outra coisa');
  });

  it('nothing with a signal that is aborted already', async () => {
    const { composer, done } = writing();
    composer.setText('Olá');
    await expect(composer.submit({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'aborted' });
    expect([done, composer.value.text]).toEqual([[], 'Olá']);
  });
});

describe('templates', () => {
  const template = templateOf({
    components: [{ type: 'BODY', text: 'Olá, {{1}}. Protocolo {{2}}.', examples: ['Ana', '1'] }],
    variables: ['body.1', 'body.2'].map((key) => ({ key, component: 'BODY', example: null })),
  });
  const bindings = () => ({ 'body.1': 'cliente.primeiro_nome', 'body.2': 'protocolo' });

  it('are filled in from the customer, tell what is missing, and show how they will look', async () => {
    const { composer, done } = writing({ bindings }, { windowExpiresAt: timeOf(-600) });
    composer.setText('fica aqui');
    composer.useTemplate(template);
    expect(composer.value).toMatchObject({
      blockedBy: 'variables_missing',
      template: { missing: ['body.2'], preview: { text: 'Olá, Marina. Protocolo {{2}}.' } },
    });
    composer.setVariable('body.2', ' 20261120\n000042 ');
    await composer.submit();
    expect(done).toEqual([
      { type: 'template', templateId: template.id, variables: { 'body.1': 'Marina', 'body.2': '20261120 000042' } },
    ]);
    expect(composer.value).toMatchObject({ template: null, text: 'fica aqui' });
  });

  it('follow the field again when nothing is written by hand', () => {
    const { composer } = writing({ bindings });
    composer.useTemplate(template);
    composer.setVariable('body.1', 'dona Marina');
    expect(composer.value.template?.values['body.1']).toBe('dona Marina');
    composer.setVariable('body.1', null);
    expect(composer.value.template?.values['body.1']).toBe('Marina');
    composer.dropTemplate();
    expect(composer.value.template).toBeNull();
  });

  it('cannot go when they are not approved, or to a webchat', () => {
    const { composer, open } = writing({ bindings });
    composer.useTemplate(templateOf({ sendable: false }));
    expect(blockOf(composer)).toBe('template_not_sendable');
    composer.setContext({ conversation: { ...open, origin: 'webchat' }, agent });
    expect(blockOf(composer)).toBe('template_not_here');
  });
});

describe('replies', () => {
  const replies: readonly CannedReply[] = [
    { id: '1', shortcut: 'saudacao', title: 'Saudação', text: 'Olá, {cliente.primeiro_nome}.' },
    { id: '2', shortcut: 'tchau', title: 'Despedida', text: 'Até logo, {nome}.' },
    {
      id: '3',
      shortcut: 'encerrar',
      title: 'Encerrar com etiqueta',
      text: '',
      actions: [
        { type: 'add_tags', tagIds: ['tag_2'] },
        { type: 'close', outcome: 'resolved' },
      ],
    },
  ];
  const canned = () => Promise.resolve(replies);

  it('say that they could not be fetched, and are asked for again with the next key', async () => {
    const fetchReplies = vi.fn(canned);
    fetchReplies.mockRejectedValueOnce(new Error('offline'));
    const { composer } = writing({ canned: fetchReplies });
    composer.setText('/s');
    expect(composer.value.suggestion).toMatchObject({ isLoading: true, choices: [] });
    await settle();
    expect(composer.value.suggestion).toMatchObject({ isLoading: false, error: new Error('offline') });
    composer.setText('/sa');
    await settle();
    expect(composer.value.suggestion?.choices).toHaveLength(1);
    expect(fetchReplies).toHaveBeenCalledTimes(2);
  });

  it('are found by shortcut and title, without accents, and go in where the caret is', async () => {
    const { composer } = writing({ canned });
    composer.setText('Oi /SAUDAÇ fim', 10);
    await settle();
    const [choice] = composer.value.suggestion?.choices ?? [];
    if (choice) composer.choose(choice);
    expect(composer.value).toMatchObject({ text: 'Oi Olá, Marina. fim', caret: 15, suggestion: null });
    composer.setText(`${composer.value.text} /desp`);
    expect(composer.value.suggestion?.choices).toMatchObject([{ reply: { id: '2' } }]);
  });

  it('make one message when there are several', () => {
    const { composer } = writing({ canned });
    for (const reply of replies.slice(0, 2)) composer.insertReply(reply);
    expect(composer.value.text).toBe('Olá, Marina. Até logo, Marina Alves.');
  });

  it('that are macros do what they plan once the gateway has the words, in order', async () => {
    const { composer, done } = writing({ canned });
    for (const reply of replies.slice(1)) composer.insertReply(reply);
    await composer.submit();
    expect(done).toEqual([
      text('Até logo, Marina Alves.'),
      { tagIds: ['tag_1', 'tag_2'] },
      { close: { outcome: 'resolved' } },
    ]);
  });

  it('that are macros without words go alone, also when the window is closed', async () => {
    const { composer, done } = writing({ canned }, { windowExpiresAt: timeOf(-600) });
    composer.insertReply(replies[2] as CannedReply);
    composer.dropAction('add_tags');
    await composer.submit();
    expect(done).toEqual([{ close: { outcome: 'resolved' } }]);
  });

  it('do nothing when the words did not go', async () => {
    const { composer, done, failing } = writing({ canned });
    failing.error = new ConnectionError('unable to send; refused');
    for (const reply of replies.slice(1)) composer.insertReply(reply);
    await expect(composer.submit()).rejects.toBe(failing.error);
    expect(done).toEqual([text('Até logo, Marina Alves.')]);
  });

  it('are left alone where the agent does not want them', async () => {
    const { composer } = writing({ canned });
    composer.setText('1 /s');
    await settle();
    composer.dismiss();
    composer.setText('1 /sa');
    expect(composer.value.suggestion).toBeNull();
    composer.setText('1 /sa /t');
    expect(composer.value.suggestion?.query).toBe('t');
  });

  it('can be written with placeholders, which are offered behind a brace', () => {
    const { composer } = writing({ placeholders: () => ({ 'pedido.numero': '8812' }) });
    composer.setText('Pedido {ped');
    const [choice] = composer.value.suggestion?.choices ?? [];
    expect(choice).toEqual({ kind: 'placeholder', name: 'pedido.numero', value: '8812' });
    if (choice) composer.choose(choice);
    expect(composer.value.text).toBe('Pedido 8812');
  });
});

describe('notes', () => {
  function noting(sendNote: (note: OutgoingNote) => Promise<unknown>) {
    const parts = writing({ sendNote }, { status: 'closed' });
    parts.composer.setMode('note');
    return parts;
  }

  it('come back when they could not be kept', async () => {
    const { composer } = noting(() => Promise.reject(new Error('offline')));
    composer.setText('ligar amanhã');
    await expect(composer.submit()).rejects.toThrow('offline');
    expect(composer.value).toMatchObject({ text: 'ligar amanhã', mode: 'note' });
  });

  it('name agents, also in a conversation that is over, and stay in note mode', async () => {
    const notes: OutgoingNote[] = [];
    const { composer } = noting((note) => Promise.resolve(notes.push(note)));
    composer.setText('  veja @cai');
    expect(composer.value.suggestion?.isLoading).toBe(true);
    await settle();
    const [choice] = composer.value.suggestion?.choices ?? [];
    if (choice) composer.choose(choice);
    expect(composer.value.text).toBe('  veja @Caio Dias ');
    await composer.submit();
    expect(notes).toEqual([
      {
        conversationId,
        text: 'veja @Caio Dias',
        mentions: [{ agentId: idOf('agt', 2), name: 'Caio Dias', start: 5, end: 15 }],
        attachments: [],
      },
    ]);
    expect(composer.value).toMatchObject({ mode: 'note', mentions: [] });
  });

  it('are the only place where agents can be named', () => {
    const { composer } = writing();
    composer.setText('@cai');
    expect(composer.value.suggestion).toBeNull();
  });
});

it('answers one message, with the first of what is sent', async () => {
  const { composer, done } = writing();
  const recording = { ...attachment, kind: 'audio' } as const;
  composer.restore({ ...composer.draft, text: 'Isso mesmo', attachments: [recording] });
  composer.setReplyTo(idOf('msg', 3));
  await composer.submit();
  expect(done).toEqual([
    { type: 'text', text: 'Isso mesmo', replyTo: idOf('msg', 3) },
    { type: 'audio', attachmentId: recording.id },
  ]);
  expect(composer.value.replyTo).toBeNull();
});

it('keeps its reference, and the references of its parts, while nothing changed', async () => {
  const { composer, open } = writing({ canned: () => Promise.resolve([]) });
  composer.useTemplate(templateOf());
  composer.setText('{cli');
  await settle();
  const before = composer.value;
  composer.setText('{cli');
  composer.setContext({ conversation: open, customer: customerOf({ name: 'Marina Alves' }), agent });
  expect(composer.value).toBe(before);
  composer.setText('{clie');
  expect(composer.value.template).toBe(before.template);
  expect(Object.isFrozen(composer.value)).toBe(true);
});
