import { hasCode } from '@prosa/core';
import { readFile } from 'node:fs/promises';
import { run } from './connect.ts';

/**
 * Sends a message template to a list: `node src/send-hsm.ts <template> <file.csv>`.
 * Each line of the file is a phone and the texts of the variables of the body: `+55 83 9 9914-2210;Marina;8812`.
 */
await run(async (prosa, [name, file]) => {
  if (!name || !file) throw new Error('Use: node src/send-hsm.ts <template> <file.csv>');
  const template = await findTemplate(name);
  const lines = (await readFile(file, 'utf8')).split(/\r?\n/).filter((line) => line.trim() !== '');

  let sent = 0;
  for (const line of lines) {
    const [phone = '', ...values] = line.split(';').map((part) => part.trim());
    const variables = Object.fromEntries(values.map((value, i) => [`body.${i + 1}`, value]));
    try {
      await prosa.conversations.start({ to: { phone }, template: { templateId: template.id, variables } });
      sent += 1;
    } catch (error) {
      // They are being attended: a template now would only get in the way.
      if (hasCode(error, 'contact_in_conversation')) console.log(`${phone}: em atendimento, não enviado`);
      // A mistake in one line must not keep the template from the others.
      else if (hasCode(error, 'validation_failed')) console.log(`${phone}: não enviado (${error.message})`);
      else throw error;
    }
  }
  console.log(`${sent} de ${lines.length} enviados.`);

  async function findTemplate(wanted: string) {
    for await (const found of prosa.hsm.list({ search: wanted, status: 'approved' })) {
      if (found.name === wanted) return found;
    }
    throw new Error(`There is no approved template ${wanted}.`);
  }
});
