import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDesk, type TestDesk, type TestWorkspace } from '../testbed/desk.ts';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';
import { openWebchat } from '../testbed/visitor.ts';
import type { UnitScope } from '../store/unit.ts';
import {
  createWebchatChannel,
  deleteWebchatChannel,
  listWebchatChannels,
  updateWebchatChannel,
} from './webchat-channels.ts';

forEachEngine((_name, open) => {
  let opened: OpenDatabase;
  let desk: TestDesk;
  let scope: UnitScope;
  let workspace: TestWorkspace;

  beforeEach(async () => {
    opened = await open();
    desk = openDesk(opened.database);
    scope = { db: opened.database, clock: desk.clock };
    workspace = await desk.workspace('Cacau');
  });
  afterEach(async () => {
    await desk.gateway.close();
    await opened.close();
  });

  it('are made with what is usual, and a key of their own', async () => {
    const first = await createWebchatChannel(scope, workspace.id, {
      settings: { origins: ['https://Loja.test:443/'] },
    });
    const second = await createWebchatChannel(scope, workspace.id);
    expect(first).toMatchObject({
      name: 'Atendimento',
      settings: { title: 'Atendimento', origins: ['https://loja.test'], form: { name: 'required', subjects: [] } },
    });
    expect(first.key).toMatch(/^wck_[0-9a-z]{24}$/);
    expect(first.key).not.toBe(second.key);
    expect(await listWebchatChannels(scope, workspace.id)).toEqual([first, second]);
  });

  it('keep what a change does not name', async () => {
    const { id, key } = await createWebchatChannel(scope, workspace.id, {
      settings: { origins: ['https://loja.test'], form: { subjects: ['Pedido'] }, accent: '#0b6e4f' },
    });
    const changed = await updateWebchatChannel(scope, workspace.id, id, {
      settings: { title: 'Fale com a loja', greeting: undefined, form: { email: 'hidden' } },
    });
    expect(changed).toMatchObject({
      key,
      settings: {
        title: 'Fale com a loja',
        accent: '#0b6e4f',
        origins: ['https://loja.test'],
        form: { name: 'required', email: 'hidden', subjects: ['Pedido'] },
      },
    });
    expect(await listWebchatChannels(scope, workspace.id)).toEqual([changed]);
  });

  it('refuse settings that cannot be, queues and channels of others', async () => {
    const other = await desk.workspace('Outra');
    const { id } = await createWebchatChannel(scope, workspace.id);
    const make = (settings: object) => createWebchatChannel(scope, workspace.id, { settings });
    await expect(make({ title: ' ' })).rejects.toThrow('title must not be empty');
    await expect(make({ accent: 'red' })).rejects.toThrow('accent must look like #0b6e4f');
    await expect(make({ position: 'top' })).rejects.toThrow('position must be right or left');
    await expect(make({ origins: ['https://*.test'] })).rejects.toThrow('unable to allow');
    await expect(make({ origins: ['https://loja.test/path'] })).rejects.toThrow('unable to allow');
    await expect(make({ form: { subjects: Array.from({ length: 21 }, (_, i) => `${i}`) } })).rejects.toThrow(
      'at most 20',
    );
    await expect(createWebchatChannel(scope, workspace.id, { queueId: 'que_x' })).rejects.toThrow('has no queue que_x');
    await expect(updateWebchatChannel(scope, other.id, id, {})).rejects.toThrow('there is none');
    await expect(updateWebchatChannel(scope, workspace.id, workspace.channel.id, {})).rejects.toThrow('there is none');
    await expect(deleteWebchatChannel(scope, other.id, id)).rejects.toThrow('there is none');
    await expect(deleteWebchatChannel(scope, workspace.id, workspace.channel.id)).rejects.toThrow('there is none');
    expect(await listWebchatChannels(scope, workspace.id)).toHaveLength(1);
  });

  it('are deleted while nobody has written, and stay with what was written', async () => {
    const webchat = await openWebchat(desk, workspace);
    const visitor = await webchat.visitor();
    await (await openWebchat(desk, workspace)).visitor();
    const [first, second] = await listWebchatChannels(scope, workspace.id);
    await deleteWebchatChannel(scope, workspace.id, second?.id ?? '');
    await visitor.says('Oi');
    await expect(deleteWebchatChannel(scope, workspace.id, first?.id ?? '')).rejects.toThrow('their history stays');
    expect(await listWebchatChannels(scope, workspace.id)).toEqual([first]);
  });
});
