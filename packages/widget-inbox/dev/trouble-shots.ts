import { alerted, changed, inTurn, offeredBy, open, refused, showPanel, tab, type Prosa, type Shot } from './acts.ts';

/** What few people see: refusals, failures, states in which nothing can be written. */
export const troubleShots: readonly Shot[] = [
  { name: 'no-access', query: 'fail=events.stream:origin_not_allowed' },
  { name: 'list-failed', query: 'fail=conversations.list:forbidden', act: alerted },
  { name: 'thread-failed', query: 'fail=messages.list:not_found', act: inTurn(open('main'), alerted) },
  {
    name: 'templates-failed',
    query: 'fail=hsm.list:forbidden',
    act: inTurn(tab('mine'), open('expired'), (page) => page.locator('.template-form [role=alert]').waitFor()),
  },
  { name: 'panel-failed', query: 'fail=customers.get:forbidden', act: inTurn(open('main'), showPanel) },
  {
    name: 'thread-loading',
    query: 'hold=messages.list',
    act: inTurn(tab('mine'), (page) => page.locator('.row').first().click()),
  },
  {
    name: 'refused',
    act: inTurn(
      tab('mine'),
      open('main'),
      refused(['window_closed', 'conversation_not_yours', 'validation_failed', 'attachment_in_use']),
    ),
  },
  {
    name: 'edit-back',
    widths: ['wide'],
    act: inTurn(tab('mine'), open('main'), refused(['validation_failed']), async (page) => {
      await page.locator('.composer textarea').fill('E outra coisa');
      await page.getByRole('button', { name: 'Editar', exact: true }).click({ timeout: 3000 });
    }),
  },
  {
    name: 'closed',
    act: inTurn(
      tab('all'),
      open('main'),
      changed({ status: 'closed', outcome: 'resolved', closedAt: new Date().toISOString() }),
    ),
  },
  { name: 'wrap-up', act: inTurn(tab('mine'), open('main'), changed({ status: 'wrap_up' })) },
  { name: 'offered', act: inTurn(tab('all'), open('main'), offeredBy) },
  { name: 'with-bot', act: inTurn(tab('all'), open('main'), changed({ status: 'bot', assignee: null })) },
  {
    name: 'too-long',
    act: inTurn(tab('mine'), open('main'), (page) =>
      page.locator('.composer textarea').fill('Muito comprida. '.repeat(300)),
    ),
  },
  {
    name: 'upload-failed',
    act: inTurn(tab('mine'), open('main'), async (page) => {
      await page.evaluate(() => {
        (window as unknown as { prosa: Prosa }).prosa.gateway.fail('attachments.upload', 'unavailable', {}, 50);
      });
      await page.locator('input[type=file]').setInputFiles([
        { name: 'comprovante.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(84_000) },
        { name: 'vazio.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(0) },
      ]);
      await page.locator('.upload.failed').nth(1).waitFor({ timeout: 20_000 });
    }),
  },
];
