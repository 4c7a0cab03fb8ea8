import { expect } from '@open-wc/testing';
import { Desk } from '../testing/desk.ts';
import { disconnectAll, mountInbox, mountList, mountThread, still } from '../testing/mount.ts';
import { agentOf } from '../testing/records.ts';

describe('<prosa-inbox> is accessible', () => {
  afterEach(disconnectAll);

  for (const theme of ['light', 'dark'] as const) {
    it(`with a list, ${theme}`, async () => {
      const { inbox } = await mountList({ theme });
      await still(inbox.shadowRoot!);
      await expect(inbox).to.be.accessible();
    });

    it(`with a thread and the customer beside it, ${theme}`, async () => {
      const { inbox, until, root } = await mountThread('main', { theme });
      const panel = () => root.querySelector('prosa-customer-panel')?.shadowRoot;
      await until(() => panel()?.querySelector('.facts') && panel()?.querySelector('.history-line'));
      await still(inbox.shadowRoot!);
      await expect(inbox).to.be.accessible();
    });
  }

  it('while it loads', async () => {
    const { inbox } = await mountInbox({ prepare: (gateway) => gateway.hold('conversations.list') });
    await still(inbox.shadowRoot!);
    await expect(inbox).to.be.accessible();
  });

  it('with nothing in it', async () => {
    const { inbox, until, root } = await mountInbox({ desk: new Desk(agentOf()) });
    await until(() => root.querySelector('.list-panel .empty'));
    await still(inbox.shadowRoot!);
    await expect(inbox).to.be.accessible();
  });

  it('when the list cannot be loaded', async () => {
    const prepare: NonNullable<Parameters<typeof mountInbox>[0]>['prepare'] = (gateway) => {
      gateway.fail('conversations.list', 'forbidden', {}, 99);
    };
    const { inbox, until, root } = await mountInbox({ prepare });
    await until(() => root.querySelector('.list-panel [role=alert]'));
    await still(inbox.shadowRoot!);
    await expect(inbox).to.be.accessible();
  });

  it('with a closed window', async () => {
    const { inbox } = await mountThread('expired');
    await still(inbox.shadowRoot!);
    await expect(inbox).to.be.accessible();
  });

  it('with a message that failed', async () => {
    const { inbox } = await mountThread('failed');
    await still(inbox.shadowRoot!);
    await expect(inbox).to.be.accessible();
  });

  it('without a connection', async () => {
    const { inbox, gateway, until, root } = await mountThread('main');
    gateway.goOffline();
    await until(() => root.querySelector('.connection.waiting, .connection.bad'));
    await still(inbox.shadowRoot!);
    await expect(inbox).to.be.accessible();
  });

  it('narrow: list, then thread, then the panel as a sheet', async () => {
    const { inbox, ids, open, one, until, root } = await mountList({ width: 360 });
    await still(inbox.shadowRoot!);
    await expect(inbox).to.be.accessible();
    await open(ids['unlinked']);
    await still(inbox.shadowRoot!);
    await expect(inbox).to.be.accessible();
    one('.who-button').click();
    await until(() => root.querySelector('prosa-customer-panel')?.shadowRoot?.querySelector('.unlinked'));
    await still(inbox.shadowRoot!);
    await expect(inbox).to.be.accessible();
  });

  it('with the transfer dialog', async () => {
    const { inbox, button, until, root } = await mountThread('main');
    button('Transferir').click();
    await until(() => root.querySelector('dialog[open] input[type=radio]'));
    await still(inbox.shadowRoot!);
    await expect(inbox).to.be.accessible();
  });

  it('with the finish dialog', async () => {
    const { inbox, button, until, root } = await mountThread('main');
    button('Finalizar').click();
    await until(() => root.querySelector('dialog[open]'));
    await still(inbox.shadowRoot!);
    await expect(inbox).to.be.accessible();
  });
});
