import { applyTemplateNews } from '../commands/take-templates.ts';
import type { ChannelRow } from '../channels/channel.ts';
import { runUnit, type UnitScope } from '../store/unit.ts';
import type { PretendGraph } from './pretend-graph.ts';

/** What Meta may decide on a template, in its own words for it (Meta, "Template status"). */
const words = { approved: 'APPROVED', rejected: 'REJECTED', paused: 'PAUSED', disabled: 'DISABLED' } as const;

export type TestReview = keyof typeof words;

/** Meta's reviewers. */
export function testTemplates(scope: UnitScope, channel: ChannelRow, graph: Pick<PretendGraph, 'reviewTemplate'>) {
  return {
    async review(id: string, status: TestReview, given?: string): Promise<void> {
      const row = await scope.db.read
        .selectFrom('messageTemplates')
        .select(['providerId', 'name', 'language'])
        .where('id', '=', id)
        .where('channelId', '=', channel.id)
        .executeTakeFirst();
      const reason = status === 'approved' ? null : (given ?? words[status]);
      if (!row?.providerId || !graph.reviewTemplate(row.providerId, words[status], reason)) {
        throw new Error(`unable to review ${id}; WhatsApp has no such template`);
      }
      const news = { ...row, channel, at: scope.clock.now(), status, reason };
      await runUnit(scope, channel.workspaceId, (unit) => applyTemplateNews(unit, news));
    },
  };
}
