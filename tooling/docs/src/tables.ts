import { eventSchemas, signalSchemas } from '@prosa/core/contract';
import { behaviours } from '@prosa/gateway/conformance';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { fieldsOf, type JsonSchema } from './json-schema.ts';
import { root } from './paths.ts';
import { commentsOfKeys } from './typescript/key-comments.ts';
import { cell, code, writePage } from './write-page.ts';

/** Every event of the contract, and every behaviour that the conformance kit tries. */
export async function writeTables(): Promise<void> {
  const carried = (schema: z.ZodMiniType) =>
    fieldsOf(z.toJSONSchema(schema, { unrepresentable: 'any' }) as JsonSchema, '', 1)
      .map(({ name }) => code(name))
      .join(', ');
  const contract = await readFile(join(root, 'packages/core/src/contract/events.ts'), 'utf8');
  const when = new Map([...commentsOfKeys(contract, 'eventSchemas'), ...commentsOfKeys(contract, 'signalSchemas')]);
  await writePage('events.md', [
    '# Events',
    '',
    '`prosa.on(name, listener)`, or the stream `GET /v1/events`. Each carries whole entities with their `version`; a copy with a lower version is stale.',
    '',
    '| event | when | carries |',
    '| --- | --- | --- |',
    ...Object.entries(eventSchemas).map(
      ([name, schema]) => `| ${code(name)} | ${cell(when.get(name) ?? '')} | ${carried(schema)} |`,
    ),
    '',
    '## Signals',
    '',
    'Told to whoever listens now; they are not kept, have no cursor and are not replayed.',
    '',
    '| signal | when | carries |',
    '| --- | --- | --- |',
    ...Object.entries(signalSchemas).map(
      ([name, schema]) => `| ${code(name)} | ${cell(when.get(name) ?? '')} | ${carried(schema)} |`,
    ),
  ]);
  await writePage('conformance.md', [
    '# Behaviours',
    '',
    'What `prosa-gateway conformance` tries ([Your own backend](../guides/conformance)). A group or an id goes to `--only` and `--without`.',
    '',
    '| behaviour | what is expected | may be left out |',
    '| --- | --- | --- |',
    ...behaviours.map(
      ({ id, says, optional }) => `| ${code(id)} | ${cell(says)} | ${optional ? code(optional) : ''} |`,
    ),
  ]);
}
