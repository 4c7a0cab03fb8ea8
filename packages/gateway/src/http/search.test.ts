import {
  searchHitSchema,
  type Contact,
  type Conversation,
  type Customer,
  type Page,
  type Problem,
  type SearchHit,
} from '@prosa/core/contract';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { minute } from '../clock.ts';
import { openDesk, oldestWaiting, type Caller, type TestDesk, type TestWorkspace } from '../testbed/desk.ts';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';
import { pngFile } from '../testbed/files.ts';
import { openWebchat } from '../testbed/visitor.ts';

const marina = '+5583999142210';
const bia = '+5583988120042';

forEachEngine(
  (_name, open) => {
    let opened: OpenDatabase;
    let desk: TestDesk;
    let workspace: TestWorkspace;
    let ana: Caller;

    beforeEach(async () => {
      opened = await open();
      desk = openDesk(opened.database);
      workspace = await desk.workspace('Cacau');
      ana = await workspace.agent('ana', { name: 'Ana Prado' });
      await workspace.customerSays(marina, 'Meu cartão não chegou', { name: 'Marina Conceição' });
      desk.clock.advance(minute);
      await workspace.customerSays(bia, 'Quero a 2ª via do boleto', { name: 'Bia Antunes' });
      desk.clock.advance(minute);
    });
    afterEach(async () => {
      await desk.gateway.close();
      await opened.close();
    });

    const search = async (q: string, more = '', caller = ana) =>
      await caller.call<Page<SearchHit>>('GET', `/v1/search/conversations?q=${encodeURIComponent(q)}${more}`);
    const found = async (q: string, more = '') => {
      const { status, body } = await search(q, more);
      expect([q, status]).toEqual([q, 200]);
      for (const hit of body.data) expect(searchHitSchema.parse(hit)).toEqual(hit);
      return body.data.map(
        ({ matched, conversation }) => `${matched} ${conversation.contact.name.split(' ')[0] ?? ''}`,
      );
    };
    const conversationOf = async (name: string) => {
      const { body } = await ana.call<Page<Conversation>>('GET', '/v1/conversations?tab=all');
      const conversation = body.data.find(({ contact }) => contact.name.startsWith(name));
      if (!conversation) throw new Error(`no conversation of ${name}`);
      return conversation;
    };
    const link = async (name: string, customer: object) => {
      const { body } = await ana.call<Customer>('POST', '/v1/customers', customer);
      const { contact } = await conversationOf(name);
      expect((await ana.call('POST', `/v1/contacts/${contact.id}/link`, { customerId: body.id })).status).toBe(200);
    };

    it.each(['', ' ', 'a', 'x'.repeat(201)])('refuses %j, which is no search', async (q) => {
      const { status, body } = await search(q);
      expect([status, (body as unknown as Problem).code]).toEqual([422, 'validation_failed']);
    });

    it.each([
      '""',
      "''",
      '"cartão',
      'cartão*',
      '*a',
      'NEAR(a b)',
      'a AND',
      'OR OR',
      'NOT x',
      '-a',
      '--',
      '^a b',
      'words:a',
      '{a b}:c',
      'a:*',
      "a' & 'b",
      '!a | <->',
      '()',
      '%%',
      '__',
      '\\\\',
      "\\'",
      'a\0b',
      '\0\0',
      '.,;!?',
      '😀😀',
      'e\u0301 \u0301',
      'a '.repeat(100),
      'á'.repeat(200),
      '9'.repeat(200),
      '"'.repeat(200),
      `${'x'.repeat(199)}*`,
      'İ ẞ ﬁ',
      'não 日本 привет',
    ])('takes %j as it is', async (q) => {
      expect((await search(q)).status).toBe(200);
    });

    it('finds nothing by what is none of it', async () => {
      for (const q of ['%%', '__', 'Marina Boleto', 'zebra', '00000', '""']) expect(await found(q), q).toEqual([]);
    });

    it('finds by name, in part, whatever the accents', async () => {
      for (const q of ['marina', 'CONCEICAO', 'conceição', 'mari conc', 'arina']) {
        expect(await found(q), q).toEqual(['name Marina']);
      }
      await link('Bia', { name: 'Padaria Pão & Cia', email: 'contato@pao.example', externalId: 'CLI_77' });
      for (const q of ['padaria', 'pao', 'contato@pao', 'cli_77']) expect(await found(q), q).toEqual(['name Bia']);
      expect(await found('cli%77')).toEqual([]);
    });

    it('finds by the name that the contact has now', async () => {
      await workspace.customerSays(marina, 'Oi', { name: 'Mari Nóbrega' });
      expect(await found('nobrega')).toEqual(['name Mari']);
      expect(await found('conceicao')).toEqual([]);
    });

    it('finds by phone in every usual form', async () => {
      const forms = [
        '+5583999142210',
        '5583999142210',
        '+55 83 9 9914-2210',
        '(83) 99914-2210',
        '83 9914-2210',
        '083 9914-2210',
        '0 83 99914 2210',
        '+55 (83) 9914-2210',
        '99914-2210',
        '9914-2210',
        '9914',
        '83 9991',
        '839914',
        '2210',
      ];
      for (const q of forms) expect(await found(q), q).toEqual(['phone Marina']);
      expect(await found('221')).toEqual([]);
      await link('Bia', { name: 'Bia', phone: '+558332214400' });
      for (const q of ['(83) 3221-4400', '3221-4400']) expect(await found(q), q).toEqual(['phone Bia']);
    });

    it('finds by CPF and CNPJ, also the alphanumeric one, and by what the record says after a change', async () => {
      await link('Marina', { name: 'Marina', document: { kind: 'cpf', value: '529.982.247-25' } });
      await link('Bia', { name: 'Bia', document: { kind: 'cnpj', value: '12.ABC.345/01DE-35' } });
      for (const q of ['529.982.247-25', '52998224725', '529.982', '224725']) {
        expect(await found(q), q).toEqual(['document Marina']);
      }
      for (const q of ['12.ABC.345/01DE-35', '12abc34501de35', '12ABC345']) {
        expect(await found(q), q).toEqual(['document Bia']);
      }
      const { customer } = await conversationOf('Marina');
      await ana.call('PATCH', `/v1/customers/${customer?.id ?? ''}`, {
        document: { kind: 'cpf', value: '12345678909' },
      });
      expect(await found('52998224725')).toEqual([]);
      expect(await found('123.456.789-09')).toEqual(['document Marina']);
    });

    it('finds by protocol, whole or how it begins', async () => {
      const { protocol } = await conversationOf('Bia');
      expect(await found(protocol ?? '')).toEqual(['protocol Bia']);
      expect((await found((protocol ?? '').slice(0, 8))).sort()).toEqual(['protocol Bia', 'protocol Marina']);
    });

    it('finds words of messages in any order, the last one in part, and says where', async () => {
      for (const q of ['cartão', 'CARTAO', 'chegou cartao', 'não chegou car', 'chego']) {
        expect(await found(q), q).toEqual(['message Marina']);
      }
      expect(await found('cart chegou')).toEqual([]);
      const { body } = await search('CARTAO');
      const [hit] = body.data;
      expect(hit?.excerpt).toBe('Meu cartão não chegou');
      const message = await ana.call(
        'GET',
        `/v1/conversations/${hit?.conversation.id ?? ''}/messages/${hit?.messageId ?? ''}`,
      );
      expect(message.body).toMatchObject({ content: { text: 'Meu cartão não chegou' } });
    });

    it('jumps to the newest message that has the words, and leaves out what is automatic or internal', async () => {
      await workspace.customerSays(marina, 'O CARTÃO chegou');
      expect((await search('cartao')).body.data).toMatchObject([{ excerpt: 'O CARTÃO chegou' }]);
      const { id, protocol } = await conversationOf('Marina');
      await ana.call('POST', `/v1/conversations/${id}/accept`);
      expect(await found('número do seu protocolo')).toEqual([]);
      expect(await found('protocol_assigned')).toEqual([]);
      expect(protocol).not.toBeNull();
      await ana.call('POST', `/v1/conversations/${id}/messages`, { type: 'text', text: 'Verifico já, aguarde' });
      expect(await found('verifico ja')).toEqual(['message Marina']);
    });

    it('finds a file by its name, whoever sent it, and none by a name that says nothing', async () => {
      const media = { providerMediaId: 'm1', mimeType: 'application/pdf', fileName: 'Declaração_de IMPOSTO-2026.pdf' };
      const document = {
        type: 'document',
        caption: 'Segue',
        media: { ...media, kind: 'document', sha256: null },
      } as const;
      await workspace.customerSends(marina, document);
      for (const q of ['declaracao imposto', 'imposto-2026.pdf', 'segue decl']) {
        expect(await found(q), q).toEqual(['message Marina']);
      }
      const [hit] = (await search('imposto')).body.data;
      expect(hit?.excerpt).toBe('Segue Declaração_de IMPOSTO-2026.pdf');
      expect(hit?.messageId).not.toBe(null);

      const image = { ...media, kind: 'image', mimeType: 'image/jpeg', fileName: null, sha256: null } as const;
      await workspace.customerSends(bia, { type: 'image', caption: null, media: image });
      for (const q of ['imagem', 'jpeg', 'imagem.jpeg']) expect(await found(q), q).toEqual([]);

      const { id } = await conversationOf('Bia');
      await ana.call('POST', `/v1/conversations/${id}/accept`);
      const upload = await desk.request('/v1/attachments?fileName=Segunda%20via.png', {
        method: 'POST',
        headers: { authorization: `Bearer ${ana.token}`, 'idempotency-key': crypto.randomUUID() },
        body: pngFile(),
      });
      const { id: attachmentId } = (await upload.json()) as { readonly id: string };
      const sent = await ana.call('POST', `/v1/conversations/${id}/messages`, { type: 'image', attachmentId });
      expect(sent.status).toBe(200);
      expect((await search('segunda via png')).body.data).toMatchObject([
        { conversation: { id }, matched: 'message', excerpt: 'Segunda via.png' },
      ]);
    });

    it('keeps to the filters', async () => {
      const { id, queue } = await conversationOf('Marina');
      await ana.call('POST', `/v1/conversations/${id}/accept`);
      const me = (await ana.call<{ id: string }>('GET', '/v1/agents/me')).body.id;
      const at = (ms: number) => encodeURIComponent(new Date(desk.clock.now() + ms).toISOString());
      expect(await found('8399')).toEqual(['phone Marina']);
      expect(await found('83')).toEqual([]);
      const both = '5583';
      expect((await found(both)).sort()).toEqual(['phone Bia', 'phone Marina']);
      expect(await found(both, '&status=active')).toEqual(['phone Marina']);
      expect(await found(both, '&status=closed')).toEqual([]);
      expect(await found(both, `&agentId=${me}`)).toEqual(['phone Marina']);
      expect((await found(both, `&queueId=${queue?.id ?? ''}`)).length).toBe(2);
      expect(await found(both, `&queueId=que_00000000000000000000000000`)).toEqual([]);
      expect((await found(both, '&origin=whatsapp')).length).toBe(2);
      expect(await found(both, '&origin=webchat')).toEqual([]);
      expect(await found(both, '&tagId=tag_00000000000000000000000000')).toEqual([]);
      expect(await found(both, `&from=${at(minute)}`)).toEqual([]);
      expect(await found(both, `&to=${at(-90_000)}`)).toEqual(['phone Marina']);
      expect((await found(both, `&from=${at(-3 * minute)}&to=${at(0)}`)).length).toBe(2);
    });

    it('keeps to tag and origin', async () => {
      const visitor = await (await openWebchat(desk, workspace)).visitor();
      await visitor.says('Cartão pelo site');
      expect(await found('cartao', '&origin=webchat')).toHaveLength(1);
      expect(await found('cartao', '&origin=whatsapp')).toEqual(['message Marina']);
      const { id } = await conversationOf('Marina');
      const tag = await workspace.server.call<{ id: string }>('POST', '/v1/tags', { name: 'Urgente' });
      const tagged = await workspace.server.call('PUT', `/v1/conversations/${id}/tags`, { tagIds: [tag.body.id] });
      expect([tag.status, tagged.status]).toEqual([200, 200]);
      expect(await found('cartao', `&tagId=${tag.body.id}`)).toEqual(['message Marina']);
    });

    it('pages from the newest activity on, each conversation once, while others come in', async () => {
      for (let i = 0; i < 7; i++) {
        await workspace.customerSays(`+55839881300${String(i).padStart(2, '0')}`, `boleto boleto ${i}`, {
          name: 'Boleto',
        });
        desk.clock.advance(minute);
      }
      const seen: string[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const { body }: { body: Page<SearchHit> } = await search(
          'boleto',
          `&limit=3${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
        );
        seen.push(...body.data.map(({ conversation }) => conversation.id));
        cursor = body.nextCursor;
        await workspace.customerSays('+5583988139999', 'mais um boleto', { name: 'Novo' });
        desk.clock.advance(minute);
      }
      expect(seen.length).toBe(8);
      expect(new Set(seen).size).toBe(8);
      const { body } = await search('boleto', '&limit=100');
      const times = body.data.map(({ conversation }) => conversation.lastActivityAt);
      expect(times).toEqual(times.toSorted().toReversed());
      expect((await search('boleto', '&cursor=x')).status).toBe(400);
    });

    it('finds nothing of another workspace, and nobody without the permission finds anything', async () => {
      const other = await desk.workspace('Outra');
      const { body } = await search('cartao', '', await other.agent('leo'));
      expect(body.data).toEqual([]);
      const profile = await workspace.server.call<{ id: string }>('POST', '/v1/profiles', {
        name: 'Sem busca',
        permissions: ['conversations.view_all'],
      });
      const me = (await ana.call<{ id: string }>('GET', '/v1/agents/me')).body.id;
      await workspace.server.call('PATCH', `/v1/agents/${me}`, { profileId: profile.body.id });
      expect((await search('cartao')).status).toBe(403);
    });

    it('shows what is said with others to those who may look there', async () => {
      const profile = await workspace.server.call<{ id: string }>('POST', '/v1/profiles', {
        name: 'Sem espiar',
        permissions: ['conversations.view_all', 'conversations.accept', 'search.use'],
      });
      const me = (await ana.call<{ id: string }>('GET', '/v1/agents/me')).body.id;
      await workspace.server.call('PATCH', `/v1/agents/${me}`, { profileId: profile.body.id });
      expect(await found('cartao')).toEqual([]);
      expect(await found('marina')).toEqual(['name Marina']);
      await ana.call('POST', `/v1/conversations/${(await oldestWaiting(ana)).id}/accept`);
      expect(await found('cartao')).toEqual(['message Marina']);
    });

    it('follows a contact that is merged and linked anew', async () => {
      const { contact } = await conversationOf('Marina');
      await link('Marina', { name: 'Sítio Boa Vista' });
      expect(await found('boa vista')).toEqual(['name Marina']);
      await ana.call<Contact>('POST', `/v1/contacts/${contact.id}/unlink`);
      expect(await found('boa vista')).toEqual([]);
    });
  },
  ['sqlite', 'sqlite wasm', 'postgres'],
);
