import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Snippet } from './consumer.ts';
import { runProgram } from './run-program.ts';
import type { InstalledGateway } from './start-gateway.ts';

interface Script {
  readonly name: string;
  /** Tells the snippet from the others of its README. */
  readonly has: string;
  readonly prints: string;
}

/** What the READMEs have a newcomer run with Node, and what they then read. */
const scripts: readonly Script[] = [
  { name: '@prosa/core', has: 'process.env.PROSA_API_KEY', prints: 'queue Atendimento\n' },
  { name: '@prosa/gateway', has: 'createTestGateway', prints: 'Ana attends Marina\n' },
  { name: '@prosa/whatsapp-simulator', has: 'setTemplateStatus', prints: '' },
];

/** Runs the scripts of the READMEs as they stand there, beside the installed gateway and with a key of it. */
export async function tryScripts(
  project: string,
  gateway: InstalledGateway,
  snippets: readonly Snippet[],
): Promise<string> {
  for (const path of ['/health', '/ready', '/openapi.json', '/webchat.js']) {
    const response = await fetch(`${gateway.url}${path}`);
    const { ok, status } = response;
    // What is not read to its end keeps its connection, and a gateway that stops waits for it.
    await response.arrayBuffer();
    if (!ok) throw new Error(`the gateway answers ${path} with ${status}`);
  }
  const key = await gateway.command('api-key', 'create', '--name', 'newcomer');
  const env = { ...process.env, PROSA_API_KEY: key };
  for (const { name, has, prints } of scripts) {
    const snippet = snippets.find((each) => each.name === name && each.code.includes(has));
    if (!snippet) throw new Error(`the README of ${name} has no snippet with ${has}`);
    const file = join(project, `${snippet.file}.mjs`);
    await writeFile(file, snippet.code.replaceAll('http://127.0.0.1:4000', gateway.url));
    const printed = await runProgram(process.execPath, [file], { cwd: project, env });
    if (printed !== prints) throw new Error(`${snippet.file} prints "${printed}" instead of "${prints}"`);
  }
  return `${scripts.length} scripts of the READMEs run and end`;
}
