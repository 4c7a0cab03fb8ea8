import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Conversation } from '@prosa/core';
import { arrives, openStage, runProgram, type Program, type Stage } from '@prosa/stage';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

const ana = { id: 'ana', name: 'Ana Prado' };
let stage: Stage;
let folder: string;

beforeAll(async () => {
  stage = await openStage();
  folder = mkdtempSync(join(tmpdir(), 'prosa-scripts-'));
  await phoneOf('Rita de Cássia', '558799405521').says('Oi');
  await conversationWith('Oi');
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await stage.close();
});

const withKey = (name: string, ...args: string[]) => run(stage.apiKey, name, args);
const asAna = async (name: string, ...args: string[]) => run(await stage.tokenOf(ana), name, args);

const run = (token: string, name: string, args: readonly string[]) => start(token, name, args).ended;

function start(token: string, name: string, args: readonly string[] = []): Program {
  const file = fileURLToPath(new URL(`../src/${name}.ts`, import.meta.url));
  return runProgram(file, { args, env: { PROSA_URL: stage.gatewayUrl, PROSA_TOKEN: token } });
}

const phoneOf = (name: string, waId: string) => stage.simulator.phone({ name, waId });
const marina = () => phoneOf('Marina Albuquerque', '558399142210');
const joao = () => phoneOf('João Pedro Nunes', '558388120042');

/** The conversation that this was the last word in, as soon as it is there. */
async function conversationWith(text: string): Promise<Conversation> {
  return vi.waitFor(
    async () => {
      const { data } = await stage.server.conversations.list({ tab: 'all' });
      const found = data.find(({ lastMessage }) => lastMessage?.text === text);
      if (!found) throw new Error(`nobody has said ${text}`);
      return found;
    },
    { timeout: 20_000 },
  );
}

it.each<[string, string, readonly string[], string]>([
  ['no token', '', ['print-nps'], 'Set PROSA_TOKEN to an API key or an agent token (see README.md).'],
  ['a key that nobody knows', 'prk_wrong', ['print-nps'], 'The API key is not known, or has been revoked.'],
  ['no protocol', 'key', ['export-protocol'], 'Use: node src/export-protocol.ts <protocol>'],
  ['an unknown protocol', 'key', ['export-protocol', '20200101000042'], 'There is no such protocol'],
  ['a key that nobody knows, at a stream', 'prk_wrong', ['watch-queue'], 'The API key is not known'],
  ['no list', 'key', ['send-hsm', 'entrega_a_caminho'], 'Use: node src/send-hsm.ts <template> <file.csv>'],
  ['no list for a dispatch', 'key', ['dispatch-hsm'], 'Use: node src/dispatch-hsm.ts <template> <file.csv>'],
  ['an unknown template', 'key', ['send-hsm', 'nenhum', 'clientes.csv'], 'There is no approved template nenhum.'],
  ['a key where an agent is needed', 'key', ['answer-oldest'], 'unable to call POST'],
])('says in one line what is wrong with %s', async (_case, token, [name = '', ...args], message) => {
  const { exitCode, stdout, stderr } = await run(token === 'key' ? stage.apiKey : token, name, args);
  expect(stderr).toContain(message);
  expect({ exitCode, stdout, lines: stderr.split('\n').length - 1 }).toEqual({ exitCode: 1, stdout: '', lines: 1 });
});

it('has each of its scripts in the README, and runs it here', () => {
  const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
  const files = readdirSync(new URL('../src', import.meta.url)).map((name) => name.replace(/\.ts$/, ''));
  const scripts = files.filter((name) => read(`../src/${name}.ts`).includes('await run('));
  const shown = [...read('../README.md').matchAll(/^node src\/([\w-]+)\.ts/gm)].map(([, name]) => name);
  expect(shown.sort()).toEqual(scripts.sort());
  for (const name of scripts)
    expect(read('./scripts.e2e.ts')).toMatch(new RegExp(`(asAna|withKey|start)\\(.*'${name}'`));
});

it('tells of a queue as it happens, until it is stopped', async () => {
  const watching = start(stage.apiKey, 'watch-queue');
  await watching.prints(/^Acompanhando/);
  const lia = phoneOf('Lia Campos', '5581988120077');
  await lia.says('Quero trocar um produto');
  await watching.prints(/^Lia Campos espera em Atendimento\n/m);
  const { id, protocol } = await conversationWith('Quero trocar um produto');
  const agent = await stage.clientOf(ana);
  await agent.conversations.accept(id);
  await watching.prints(/^Ana Prado atende Lia Campos\n/m);
  await agent.conversations.close(id);
  await watching.prints(/finalizado/);
  const { exitCode, stdout, stderr } = await watching.stop();
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout.split('\n')).toEqual([
    'Acompanhando. Ctrl+C termina.',
    'Lia Campos espera em Atendimento',
    'Ana Prado atende Lia Campos',
    `Lia Campos: finalizado (protocolo ${protocol})`,
    '',
  ]);
});

it('answers who has been waiting longest, and says when nobody waits', async () => {
  const rita = await asAna('answer-oldest');
  expect(rita.stdout).toContain('Rita de Cássia');
  await marina().says('Meu pedido chegou?');
  await conversationWith('Meu pedido chegou?');
  await joao().says('Vocês abrem no sábado?');
  await conversationWith('Vocês abrem no sábado?');

  const first = await asAna('answer-oldest', 'Bom dia! Já vou ver.');
  expect(first).toMatchObject({ exitCode: 0, stderr: '' });
  expect(first.stdout).toMatch(/^Respondido: Marina Albuquerque \(msg_\w+\)\n$/);
  await arrives(marina(), 'Bom dia! Já vou ver.');
  expect((await asAna('answer-oldest')).stdout).toContain('João Pedro Nunes');
  await arrives(joao(), 'Olá! Já estou vendo o seu pedido.');
  expect(await asAna('answer-oldest')).toEqual({ exitCode: 0, stdout: 'Ninguém esperando.\n', stderr: '' });
});

it('sends a template to a list: past wrong lines, and not to those who are being attended', async () => {
  stage.simulator.addTemplate(stage.simulator.numbers[0]?.wabaId ?? '', {
    name: 'entrega_a_caminho',
    language: 'pt_BR',
    category: 'UTILITY',
    components: [
      {
        type: 'BODY',
        text: 'Olá, {{1}}! O pedido {{2}} está a caminho.',
        example: { body_text: [['Marina', '8812']] },
      },
    ],
  });
  await stage.server.hsm.sync();
  await vi.waitFor(async () => {
    const { data } = await stage.server.hsm.list({ search: 'entrega_a_caminho', status: 'approved' });
    expect(data).toHaveLength(1);
  }, 20_000);
  const severino = phoneOf('Severino Batista', '558398870316');
  const taina = phoneOf('Tainá', '5571999021147');
  const file = join(folder, 'clientes.csv');
  const lines = [
    '+55 83 9 9887-0316;Severino;9001',
    '',
    '(83) 99914-2210;Marina;8812',
    '(83) 98812-0099;Sem Pedido',
    '+55 71 9 9902-1147;Tainá;9002',
  ];
  writeFileSync(file, lines.join('\r\n'));

  const { exitCode, stdout, stderr } = await withKey('send-hsm', 'entrega_a_caminho', file);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout.trimEnd().split('\n')).toEqual([
    '(83) 99914-2210: em atendimento, não enviado',
    expect.stringMatching(/^\(83\) 98812-0099: não enviado \(.*body\.2 is missing\)$/),
    '2 de 4 enviados.',
  ]);
  await arrives(severino, 'Olá, Severino! O pedido 9001 está a caminho.');
  await arrives(taina, 'Olá, Tainá! O pedido 9002 está a caminho.');
});

it('dispatches a template to a list: nobody when a line is wrong, otherwise each once', async () => {
  const file = join(folder, 'avisos.csv');
  const people = [phoneOf('Iara Nogueira', '5583988120301'), phoneOf('Davi Rocha', '5583988120302')];
  writeFileSync(file, '+55 83 9 8812-0301;Iara;9101\n83 98812-0302;Davi\n');
  const refused = await withKey('dispatch-hsm', 'entrega_a_caminho', file);
  expect(refused).toMatchObject({ exitCode: 1, stdout: '' });
  expect(refused.stderr).toContain('body.recipients.1.variables.body.2 is missing');

  writeFileSync(file, '+55 83 9 8812-0301;Iara;9101\n83 98812-0302;Davi;9102\n(83) 99914-2210;Marina;8812\n');
  const { exitCode, stdout } = await withKey('dispatch-hsm', 'entrega_a_caminho', file);
  const [head, ...rows] = stdout.trimEnd().split('\n');
  expect([exitCode, head]).toEqual([0, 'telefone;situação;motivo']);
  expect(rows).toEqual([
    expect.stringMatching(/^\+5583988120301;(enviada|entregue|lida);$/),
    expect.stringMatching(/^\+5583988120302;(enviada|entregue|lida);$/),
    '+5583999142210;não enviada;A pessoa já está em um atendimento aberto.',
  ]);
  for (const [index, name] of ['Iara', 'Davi'].entries()) {
    await arrives(people[index] as (typeof people)[number], `Olá, ${name}! O pedido 910${index + 1} está a caminho.`);
  }
});

it("prints last week's NPS and exports what was said under a protocol", async () => {
  expect((await withKey('print-nps')).stdout).toMatch(/^NPS: – {3}respostas: 0 de 0 \(–\)\n/);
  const { question } = await stage.server.surveys.create({ instrument: 'nps', name: 'NPS' });
  const { id, protocol } = await conversationWith('Bom dia! Já vou ver.');
  await (await stage.clientOf(ana)).conversations.close(id);
  await arrives(marina(), question);
  await marina().says('9');
  await vi.waitFor(async () => {
    expect(await stage.server.surveys.results({ instrument: 'nps' })).toMatchObject({ answered: 1 });
  }, 20_000);

  const nps = await withKey('print-nps');
  expect(nps).toMatchObject({ exitCode: 0, stderr: '' });
  const [head, ...scores] = nps.stdout.trimEnd().split('\n');
  expect(head).toBe('NPS: 100   respostas: 1 de 1 (100%)');
  expect(scores.map((line) => line.trim().split(/ +/))).toEqual([
    ['10', '0'],
    ['9', '█', '1'],
    ...['8', '7', '6', '5', '4', '3', '2', '1', '0'].map((score) => [score, '0']),
  ]);

  const exported = await withKey('export-protocol', protocol ?? '');
  expect(exported).toMatchObject({ exitCode: 0, stderr: '' });
  const [title, customer, state, , ...history] = exported.stdout.trimEnd().split('\n');
  expect(title).toMatch(new RegExp(`^Protocolo ${protocol}, aberto em \\d{2}/\\d{2}/\\d{4}, \\d{2}:\\d{2}$`));
  expect([customer, state]).toEqual(['Cliente: Marina Albuquerque', 'Situação: finalizado (resolvido)']);
  const said = history.filter((line) => !line.startsWith('    '));
  const when = /^\[\d{2}\/\d{2}\/\d{4}, \d{2}:\d{2}\] /;
  expect(said.filter((line) => !when.test(line))).toEqual([]);
  expect(said.map((line) => line.replace(when, ''))).toEqual([
    'Marina Albuquerque: Meu pedido chegou?',
    'Sistema: (entrou na fila Atendimento)',
    `Sistema: (protocolo ${protocol})`,
    expect.stringContaining(`Sistema: Olá! Recebemos sua mensagem. O número do seu protocolo é *${protocol}*.`),
    'Sistema: (Ana Prado assumiu)',
    'Ana Prado: Bom dia! Já vou ver.',
    'Sistema: (finalizado por Ana Prado)',
    'Sistema: (pesquisa NPS enviada)',
    expect.stringContaining(question),
    'Marina Albuquerque: 9',
    'Sistema: (pesquisa NPS respondida: 9)',
    expect.stringMatching(/^Sistema: ./),
  ]);
});
