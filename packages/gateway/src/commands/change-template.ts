import { templateOf, type TemplateRow } from '../store/message-templates.ts';
import type { Unit } from '../store/unit.ts';

/** What nobody is shown: it changes no version. */
const hidden: readonly (keyof TemplateRow)[] = ['providerId', 'statusAt', 'edits'];

/** Writes a locked template, with its next version when that shows, and tells. */
export async function changeTemplate(
  unit: Unit,
  row: TemplateRow,
  changes: Partial<TemplateRow>,
): Promise<TemplateRow> {
  const columns = (Object.keys(changes) as (keyof TemplateRow)[]).filter((column) => changes[column] !== row[column]);
  if (columns.length === 0) return row;
  const shown = columns.some((column) => !hidden.includes(column));
  const saved: TemplateRow = {
    ...row,
    ...changes,
    ...(shown && { updatedAt: unit.now, version: row.version + 1 }),
  };
  const { id, ...values } = saved;
  await unit.tx.updateTable('messageTemplates').set(values).where('id', '=', id).execute();
  if (!shown) return saved;
  const template = templateOf(saved);
  if (saved.deletedAt === null) {
    unit.emit(row.deletedAt === null ? 'template.updated' : 'template.created', { template });
  } else if (row.deletedAt === null) unit.emit('template.deleted', { template });
  return saved;
}
