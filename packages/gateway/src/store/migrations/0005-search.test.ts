import type { Page, SearchHit } from '@prosa/core/contract';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { openDesk } from '../../testbed/desk.ts';
import { forEachEngine } from '../../testbed/engines.ts';
import { migrate } from '../migrate.ts';
import { migrations } from './index.ts';

forEachEngine(
  (_name, open) => {
    it('makes what is there already findable, and leaves out what is internal or automatic', async () => {
      const { database, close } = await open({ empty: true });
      const before = Object.fromEntries(Object.entries(migrations).filter(([name]) => name < '0005'));
      await migrate(database, { migrations: before });
      await database.transaction(async (tx) => {
        for (const statement of old) await sql.raw(statement).execute(tx);
        // More than one batch.
        for (let i = 0; i < 1200; i++) {
          await sql
            .raw(message(`msg_more_${String(i).padStart(4, '0')}`, i + 10, 'inbound', 'customer', 'outra'))
            .execute(tx);
        }
      });
      await migrate(database);

      const { rows } = await sql<{ count: number }>`SELECT count(*) AS count FROM message_search`.execute(
        database.read,
      );
      expect(rows[0]?.count).toBe(1202);
      const desk = openDesk(database);
      const { server } = await desk.workspace('Nova');
      await database.transaction(async (tx) => {
        await tx.updateTable('apiKeys').set({ workspaceId: 'wsp_1' }).execute();
      });
      const matched = async (q: string) => {
        const { body } = await server.call<Page<SearchHit>>(
          'GET',
          `/v1/search/conversations?q=${encodeURIComponent(q)}`,
        );
        return body.data.map((hit) => `${hit.matched} ${hit.conversation.id} ${hit.messageId ?? ''}`.trim());
      };
      expect(await matched('cartao')).toEqual(['message cnv_1 msg_1']);
      expect(await matched('legenda do arquivo')).toEqual(['message cnv_1 msg_2']);
      expect(await matched('arquivo fatura-2026')).toEqual(['message cnv_1 msg_2']);
      expect(await matched('automatica')).toEqual([]);
      expect(await matched('queued')).toEqual([]);
      expect(await matched('conceicao')).toEqual(['name cnv_1']);
      expect(await matched('83 9914-2210')).toEqual(['phone cnv_1']);
      expect(await matched('529.982.247-25')).toEqual(['document cnv_1']);
      await desk.gateway.close();
      await close();
    });
  },
  ['sqlite', 'sqlite wasm', 'postgres'],
);

const old = [
  `INSERT INTO workspaces (id, name, time_zone, created_at) VALUES ('wsp_1', 'Antiga', 'UTC', 1)`,
  `INSERT INTO channels (id, workspace_id, kind, name, external_id, config, created_at, version)
    VALUES ('chn_1', 'wsp_1', 'whatsapp', 'Loja', '1', '{}', 1, 1)`,
  `INSERT INTO customers (id, workspace_id, name, document_kind, document_value, search_text, created_at, updated_at, version)
    VALUES ('cus_1', 'wsp_1', 'Marina', 'cpf', '52998224725', 'marina', 1, 1, 1)`,
  `INSERT INTO contacts (id, workspace_id, channel_id, name, phone, customer_id, created_at, updated_at, version)
    VALUES ('ctt_1', 'wsp_1', 'chn_1', 'Marina Conceição', '+5583999142210', 'cus_1', 1, 1, 1)`,
  `INSERT INTO conversations (id, workspace_id, channel_id, origin, contact_id, status, unread_count, next_position,
    last_activity_at, created_at, version) VALUES ('cnv_1', 'wsp_1', 'chn_1', 'whatsapp', 'ctt_1', 'closed', 0, 9, 1, 1, 1)`,
  message('msg_1', 1, 'inbound', 'customer', 'Meu CARTÃO não chegou'),
  `INSERT INTO attachments (id, workspace_id, conversation_id, kind, file_name, mime_type, status, created_at, version)
    VALUES ('att_1', 'wsp_1', 'cnv_1', 'document', 'Fatura-2026.pdf', 'application/pdf', 'ready', 1, 1)`,
  `INSERT INTO messages (id, workspace_id, conversation_id, channel_id, position, direction, author_kind, type, content,
    attachment_id, created_at, version) VALUES ('msg_2', 'wsp_1', 'cnv_1', 'chn_1', 2, 'outbound', 'agent', 'document',
    '{"caption":"Legenda do arquivo"}', 'att_1', 1, 1)`,
  message('msg_3', 3, 'outbound', 'system', 'Mensagem automática'),
  `INSERT INTO messages (id, workspace_id, conversation_id, channel_id, position, direction, author_kind, type, content,
    created_at, version) VALUES ('msg_4', 'wsp_1', 'cnv_1', 'chn_1', 4, 'internal', 'system', 'event',
    '{"event":{"name":"queued"}}', 1, 1)`,
];

function message(id: string, position: number, direction: string, author: string, text: string): string {
  return `INSERT INTO messages (id, workspace_id, conversation_id, channel_id, position, direction, author_kind, type,
    content, created_at, version) VALUES ('${id}', 'wsp_1', 'cnv_1', 'chn_1', ${String(position)}, '${direction}',
    '${author}', 'text', '{"text":"${text}"}', 1, 1)`;
}
