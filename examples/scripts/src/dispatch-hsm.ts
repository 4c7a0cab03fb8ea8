import type { Dispatch, RecipientState } from '@prosa/core';
import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { run } from './connect.ts';

/** What people read instead of the names of the contract. */
const words: Readonly<Record<RecipientState, string>> = {
  waiting: 'aguardando',
  sending: 'enviando',
  sent: 'enviada',
  delivered: 'entregue',
  read: 'lida',
  replied: 'respondida',
  failed: 'falhou',
  unconfirmed: 'sem confirmação',
  skipped: 'não enviada',
  cancelled: 'cancelada',
};

/**
 * Sends a message template to everybody in a list and writes what became of each as CSV:
 * `node src/dispatch-hsm.ts <template> <file.csv> > result.csv`.
 * Each line of the file is a phone and the texts of the variables of the body: `+55 83 9 9914-2210;Marina;8812`. When a
 * line is wrong, it is named and nobody is written to.
 */
await run(async (prosa, [name, file]) => {
  if (!name || !file) throw new Error('Use: node src/dispatch-hsm.ts <template> <file.csv>');
  const lines = (await readFile(file, 'utf8')).split(/\r?\n/).filter((line) => line.trim() !== '');
  const recipients = lines.map((line) => {
    const [phone = '', ...values] = line.split(';').map((part) => part.trim());
    return { to: { phone }, variables: Object.fromEntries(values.map((value, i) => [`body.${i + 1}`, value])) };
  });
  const template = { templateId: await findTemplate(name) };
  let dispatch: Dispatch = await prosa.dispatches.create({ name: file.slice(-100), template, recipients });
  while (dispatch.status !== 'finished' && dispatch.status !== 'cancelled') {
    await wait(500);
    dispatch = await prosa.dispatches.get(dispatch.id);
    const { status, pause, total, counts } = dispatch;
    console.error(`${total - counts.waiting} de ${total}${pause ? ` (${status}: ${pause.reason})` : ''}`);
  }
  console.log('telefone;situação;motivo');
  for await (const { phone, state, problem } of prosa.dispatches.recipients(dispatch.id)) {
    console.log([phone ?? '', words[state], problem?.reason?.['pt-BR'] ?? problem?.code ?? ''].join(';'));
  }

  async function findTemplate(wanted: string): Promise<string> {
    for await (const found of prosa.hsm.list({ search: wanted, status: 'approved' })) {
      if (found.name === wanted) return found.id;
    }
    throw new Error(`There is no approved template ${wanted}.`);
  }
});
