import type { Contact, Conversation, Message, Page, Problem } from '@prosa/core/contract';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';
import { openSendingDesk, type SendingDesk } from '../testbed/sending-desk.ts';
import { listedTemplate } from '../testbed/templates.ts';

const phone = '+5583999142210';

forEachEngine((_engine, open) => {
  let opened: OpenDatabase;
  let bed: SendingDesk;
  let conversation: Conversation;

  beforeEach(async () => {
    opened = await open();
    bed = await openSendingDesk(opened.database);
    conversation = await bed.attend(phone);
  });
  afterEach(async () => {
    await bed.close();
    await opened.close();
  });

  const contact = async () => (await bed.ana.call<Page<Contact>>('GET', '/v1/contacts')).body.data[0];
  const offer = () =>
    listedTemplate(bed.desk, bed.workspace, 'oferta', [{ type: 'BODY', text: 'Só hoje.' }], 'MARKETING');
  const thread = async () =>
    (await bed.ana.call<Page<Message>>('GET', `/v1/conversations/${conversation.id}/messages`)).body.data;

  it('refuses marketing to who stopped it with a word, and nothing else', async () => {
    const { id: templateId } = await offer();
    const notice = await listedTemplate(bed.desk, bed.workspace, 'aviso', [{ type: 'BODY', text: 'Saiu.' }]);
    expect((await contact())?.marketingAllowed).toBe(true);
    await bed.workspace.customerSays(phone, 'quero sair hoje');
    expect((await contact())?.marketingAllowed, 'not the whole message').toBe(true);
    await bed.workspace.customerSays(phone, 'Sair.');
    expect((await contact())?.marketingAllowed).toBe(false);
    const refused = await bed.tries<Problem>(conversation, { type: 'template', templateId });
    expect([refused.status, refused.body.code]).toEqual([409, 'contact_opted_out']);
    expect((await bed.tries(conversation, { type: 'template', templateId: notice.id })).status).toBe(200);
    const start = { to: { phone }, template: { templateId } };
    const started = await bed.ana.call<Problem>('POST', '/v1/conversations', start);
    expect([started.status, started.body.code]).toEqual([409, 'contact_opted_out']);
  });

  it('confirms it once, and takes it again with another word', async () => {
    const { id: templateId } = await offer();
    await bed.workspace.customerSays(phone, 'PARAR');
    await bed.workspace.customerSays(phone, 'parar');
    const said = (await thread()).filter(({ author }) => author.kind === 'system' && 'text' in author === false);
    const replies = said.filter(({ content }) => content.type === 'text' && content.text.includes('VOLTAR'));
    expect(replies).toHaveLength(1);
    await bed.workspace.customerSays(phone, 'Voltar');
    expect((await contact())?.marketingAllowed).toBe(true);
    expect((await bed.tries(conversation, { type: 'template', templateId })).status).toBe(200);
  });
});
