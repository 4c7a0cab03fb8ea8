/* eslint-disable @typescript-eslint/no-floating-promises -- chai-a11y-axe types every assertion as a promise */
import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { disconnectAll, mountList, mountThread, type Mounted, type MountOptions } from '../testing/mount.ts';
import { templateOf } from '../testing/records.ts';

const active = ({ root }: Mounted) => root.activeElement as HTMLElement | null;

/** A click of a person: it takes the focus along. */
function press(button: HTMLElement): void {
  button.focus();
  button.click();
}

async function onTemplates(key: 'main' | 'expired'): Promise<Mounted> {
  const prepare: MountOptions['prepare'] = ({ desk }) => {
    desk.templates = [templateOf({ variables: [] })];
  };
  const mounted = await mountThread(key, { prepare });
  if (key === 'main') press(mounted.button('Enviar modelo'));
  await mounted.until(() => mounted.root.querySelector('.template-choice'));
  return mounted;
}

async function confirm(mounted: Mounted, action: 'Transferir' | 'Finalizar'): Promise<void> {
  press(mounted.button(action));
  await mounted.until(() => mounted.root.querySelector('dialog[open] input[type=radio]'));
  mounted.one('dialog[open] input[type=radio]').click();
  await mounted.inbox.updateComplete;
  press(mounted.one('dialog[open] button[type=submit]'));
  await mounted.until(() => !mounted.root.querySelector('[part=finish]'), 'it is not done');
}

describe('the focus of <prosa-inbox>', () => {
  afterEach(disconnectAll);

  it('is in the list of templates, and Escape leads back to the composer', async () => {
    const mounted = await onTemplates('main');
    await mounted.until(() => active(mounted)?.matches('.template-form [type=search]'));
    await mounted.until(() => !mounted.root.querySelector('.to-end'), 'what was at its end is not any more');
    await sendKeys({ press: 'Escape' });
    await mounted.until(() => active(mounted)?.matches('.composer textarea'));
    expect(mounted.root.querySelector('.template-form')).to.equal(null);
  });

  it('is in the composer after going back to writing', async () => {
    const mounted = await onTemplates('main');
    press(mounted.button('Voltar a escrever'));
    await mounted.until(() => active(mounted)?.matches('.composer textarea'));
  });

  it('is in the composer after a template, and in the thread where there is none', async () => {
    for (const [key, place] of [
      ['main', '.composer textarea'],
      ['expired', '.log'],
    ] as const) {
      const mounted = await onTemplates(key);
      press(mounted.one('.template-choice'));
      await mounted.until(() => active(mounted)?.matches('.send'));
      await sendKeys({ press: 'Enter' });
      await mounted.until(() => mounted.gateway.calls.some(({ name }) => name === 'messages.send'));
      await mounted.until(() => active(mounted)?.matches(place), `not at ${place}`);
      disconnectAll();
    }
  });

  for (const action of ['Transferir', 'Finalizar'] as const) {
    it(`is at the neighbour in the list after ${action}`, async () => {
      const mounted = await mountThread('main');
      const { one, root, until, ids } = mounted;
      one('[data-tab=mine]').click();
      await until(() => root.querySelector(`#row-${ids['main']}`));
      const rows = mounted.all('.row[data-id]').map(({ id }) => id);
      const next = rows[rows.indexOf(`row-${ids['main']}`) + 1];
      await confirm(mounted, action);
      await until(() => active(mounted)?.matches('.rows'), 'the list does not have it');
      await until(() => !root.querySelector(`#row-${ids['main']}`), 'the row stays');
      await until(() => one('.rows').getAttribute('aria-activedescendant') === next, 'not at the neighbour');
    });

    it(`is on the way back in one pane after ${action}`, async () => {
      const mounted = await mountThread('main', { width: 390 });
      await confirm(mounted, action);
      await mounted.until(() => active(mounted)?.matches('.back'));
    });
  }

  it('goes into the conversation and back to its row in one pane', async () => {
    const mounted = await mountList({ width: 390 });
    const { one, root, until } = mounted;
    one('.rows').focus();
    await sendKeys({ press: 'ArrowDown' });
    const row = one('.rows').getAttribute('aria-activedescendant');
    await sendKeys({ press: 'Enter' });
    await until(() => root.querySelector('.log .message'));
    await until(() => active(mounted)?.matches('.back'), 'not on the way back');
    await sendKeys({ press: 'Enter' });
    await until(() => active(mounted)?.matches('.rows'), 'not in the list');
    await until(() => one('.rows').getAttribute('aria-activedescendant') === row, 'not at the row');
  });

  it('goes to the name of the customer when the panel is closed', async () => {
    const mounted = await mountThread('main', { width: 1380 });
    await mounted.until(() => mounted.root.querySelector('.close-panel'));
    mounted.one('.close-panel').focus();
    await sendKeys({ press: 'Enter' });
    await mounted.until(() => !mounted.root.querySelector('.panel-pane'));
    await mounted.until(() => active(mounted)?.matches('.who-button'));
  });

  it('goes from the row of the open conversation to its composer', async () => {
    const mounted = await mountList({ width: 1380 });
    mounted.one('[data-tab=mine]').click();
    await mounted.until(() => mounted.all('.row[data-id]').length === 5);
    mounted.one('.rows').focus();
    await sendKeys({ press: 'Enter' });
    await mounted.until(() => mounted.root.querySelector('.composer textarea'));
    expect(active(mounted)?.className, 'a look at it moves nothing').to.contain('rows');
    await sendKeys({ press: 'Enter' });
    await mounted.until(() => active(mounted)?.matches('.composer textarea'));
  });

  it('stays out of the way when it is elsewhere on the page', async () => {
    const mounted = await mountThread('main');
    const field = document.createElement('input');
    mounted.inbox.after(field);
    field.focus();
    mounted.desk.change(mounted.ids['main']!, { status: 'closed' }, 'conversation.closed');
    await mounted.until(() => !mounted.root.querySelector('.composer'));
    expect(document.activeElement).to.equal(field);
  });
});
