import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from './run-program.ts';
import type { InstalledGateway } from './start-gateway.ts';

const script = `
import { createClient } from '@prosa/core';

const prosa = createClient({ baseUrl: process.env.PROSA_URL, token: process.env.PROSA_API_KEY });
const queues = [];
for await (const { name } of prosa.queues.list()) queues.push(name);
const waiting = await prosa.conversations.list({ tab: 'waiting' });
prosa.destroy();
console.log(JSON.stringify({ queues, waiting: waiting.data.length }));
`;

/** Makes an API key, and calls the gateway with a script over the installed client. */
export async function tryScript(project: string, gateway: InstalledGateway): Promise<string> {
  for (const path of ['/health', '/ready', '/openapi.json']) {
    const { ok, status } = await fetch(`${gateway.url}${path}`);
    if (!ok) throw new Error(`the gateway answers ${path} with ${status}`);
  }
  const key = await gateway.command('api-key', 'create', '--name', 'newcomer');
  await writeFile(join(project, 'script.js'), script);
  const answer = await runProgram('node', ['script.js'], {
    cwd: project,
    env: { ...process.env, PROSA_URL: gateway.url, PROSA_API_KEY: key },
  });
  const { queues, waiting } = JSON.parse(answer) as { queues: string[]; waiting: number };
  if (queues.length === 0 || waiting !== 0) throw new Error(`a script reads ${answer}`);
  return `a script finds the queue ${queues.join(', ')} through the gateway`;
}
