import { templateOf, type TemplateRow } from '../store/message-templates.ts';
import type { Unit } from '../store/unit.ts';

/** Writes a locked template with its next version and tells. What changes nothing is not written. */
export async function changeTemplate(
  unit: Unit,
  row: TemplateRow,
  changes: Partial<TemplateRow>,
): Promise<TemplateRow> {
  const columns = Object.keys(changes) as (keyof TemplateRow)[];
  if (columns.every((column) => changes[column] === row[column])) return row;
  const saved: TemplateRow = { ...row, ...changes, updatedAt: unit.now, version: row.version + 1 };
  const { id, ...values } = saved;
  await unit.tx.updateTable('messageTemplates').set(values).where('id', '=', id).execute();
  const template = templateOf(saved);
  if (saved.deletedAt === null) {
    unit.emit(row.deletedAt === null ? 'template.updated' : 'template.created', { template });
  } else if (row.deletedAt === null) unit.emit('template.deleted', { template });
  return saved;
}
