/* eslint-disable @typescript-eslint/no-floating-promises -- chai-a11y-axe types every assertion as a promise */
import { expect } from '@open-wc/testing';
import { Desk } from '../testing/desk.ts';
import { disconnectAll, mountInbox } from '../testing/mount.ts';
import { agentOf, attachmentOf, contactOf, conversationOf, customerOf, messageOf } from '../testing/records.ts';

const hostile = [
  '<img src=x onerror="window.__ran=1">',
  '<script>window.__ran=1</script>',
  '"><svg onload=window.__ran=1>',
  'javascript:window.__ran=1',
  '*<b onclick="window.__ran=1">negrito</b>*',
  '${window.__ran=1}{{window.__ran=1}}',
];

describe('hostile text in <prosa-inbox>', () => {
  afterEach(disconnectAll);

  it('shows as it was written, and never runs', async () => {
    const me = agentOf({ name: hostile[0]! });
    const desk = new Desk(me);
    const customer = desk.addCustomer(customerOf({ name: hostile[1]!, address: hostile[0]!, notes: hostile[2]! }));
    const contact = desk.addContact(contactOf({ name: hostile[2]!, customerId: customer.id }));
    const conversation = conversationOf(contact, {
      status: 'active',
      assignee: { id: me.id, name: me.name },
      customer: { id: customer.id, name: customer.name },
      queue: { id: 'que_1', name: hostile[0]! },
      protocol: hostile[0]!,
    });
    const attachment = attachmentOf({ kind: 'document', fileName: `${hostile[0]}.pdf` });
    desk.addConversation(conversation, [
      ...hostile.map((text) => messageOf(conversation.id, text)),
      messageOf(conversation.id, { type: 'document', attachment, caption: hostile[0]! }),
      messageOf(conversation.id, { type: 'unsupported', originalType: hostile[0]! }),
    ]);
    const { open, until, root, one } = await mountInbox({ desk, height: 1600 });
    await open(conversation.id);
    const panel = () => root.querySelector('prosa-customer-panel')?.shadowRoot;
    await until(() => panel()?.querySelector('.facts'));
    for (const text of hostile.slice(0, 4)) expect(one('.log').textContent).to.contain(text);
    expect(panel()?.textContent).to.contain(hostile[1]);
    const unwanted = 'script, [onerror], [onload], [onclick], a[href^="javascript" i], .log img[src="x"]';
    for (const tree of [root, panel()!]) expect(tree.querySelector(unwanted)).to.equal(null);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect((window as { __ran?: number }).__ran).to.equal(undefined);
  });

  it('links only what is safe, away from the page', async () => {
    const me = agentOf();
    const desk = new Desk(me);
    const conversation = conversationOf(desk.addContact(contactOf()), { status: 'active', assignee: me });
    desk.addConversation({ ...conversation, assignee: { id: me.id, name: me.name } }, [
      messageOf(conversation.id, 'Veja https://exemplo.com.br/a?b=1. Não javascript:alert(1)'),
    ]);
    const { open, one } = await mountInbox({ desk });
    await open(conversation.id);
    const link = one<HTMLAnchorElement>('.text a');
    expect(link.href).to.equal('https://exemplo.com.br/a?b=1');
    expect(link.rel).to.contain('noopener');
    expect(link.target).to.equal('_blank');
  });
});
