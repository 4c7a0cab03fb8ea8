import { openApiDocument } from '@prosa/core/contract';
import { fieldsOf, typeOf, type JsonSchema } from './json-schema.ts';
import { cell, code, escape, writePage } from './write-page.ts';

interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly security: readonly Readonly<Record<string, unknown>>[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required: boolean;
    readonly schema: JsonSchema;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>> };
  readonly responses: Readonly<
    Record<
      string,
      { readonly description: string; readonly content?: Readonly<Record<string, { readonly schema: JsonSchema }>> }
    >
  >;
}

const callers: Readonly<Record<string, string>> = {
  agentToken: 'agent token',
  apiKey: 'API key',
  visitorSession: "visitor's session",
};

/** A page for each resource of `/openapi.json`, and one that lists them. */
export async function writeHttpPages(): Promise<void> {
  const document = openApiDocument({ version: '1', serverUrl: 'https://chat.example.com' }) as {
    readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  };
  const byTag = new Map<string, string[]>();
  const index: string[] = [];
  for (const [path, item] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(item)) {
      const tag = operation.tags[0] ?? 'other';
      byTag.set(tag, [...(byTag.get(tag) ?? []), ...section(method.toUpperCase(), path, operation)]);
      const link = `./${tag}#${anchor(operation.operationId)}`;
      index.push(`| [\`${method.toUpperCase()} ${path}\`](${link}) | ${cell(operation.summary)} |`);
    }
  }
  for (const [tag, lines] of byTag) {
    await writePage(`http/${tag}.md`, ['---', 'outline: [2, 2]', '---', '', `# ${tag}`, '', ...lines]);
  }
  await writePage('http/index.md', [
    '# HTTP API',
    '',
    'Everything that the client and the widgets do goes through this API; any language can. The same document for machines: `/openapi.json` of your gateway (OpenAPI 3.1).',
    '',
    '- JSON in camelCase; times are ISO 8601 in UTC; ids carry their type (`cnv_…`).',
    '- `Authorization: Bearer` with an agent token, an API key or a visitor’s session. No cookies.',
    '- What changes something takes an `Idempotency-Key`; the same key has the same effect, once, for seven days.',
    '- Lists are pages: `{ data, nextCursor }`, asked for with `cursor` and `limit`.',
    '- Errors are [problem documents](/errors) (RFC 9457) with a stable `code`.',
    '',
    '| route | |',
    '| --- | --- |',
    ...index,
  ]);
}

function anchor(operationId: string): string {
  return operationId.toLowerCase().replaceAll('.', '-');
}

function section(method: string, path: string, operation: Operation): string[] {
  const { operationId, summary, security, parameters = [], requestBody, responses } = operation;
  const who = security.flatMap((entry) => Object.keys(entry)).map((name) => callers[name] ?? name);
  const lines = [
    `## ${operationId} {#${anchor(operationId)}}`,
    '',
    `\`${method} ${path}\``,
    '',
    escape(summary),
    '',
    `Who: ${who.length > 0 ? who.join(', ') : 'anybody'}.`,
    '',
  ];
  if (parameters.length > 0) {
    lines.push('| parameter | in | type |', '| --- | --- | --- |');
    for (const { name, in: place, required, schema } of parameters) {
      lines.push(`| ${code(name)}${required ? '' : ' (optional)'} | ${place} | ${code(typeOf(schema))} |`);
    }
    lines.push('');
  }
  for (const [type, { schema }] of Object.entries(requestBody?.content ?? {})) {
    lines.push(...details(type === 'application/json' ? 'Body' : 'Body: the file', schema));
  }
  for (const [status, { description, content }] of Object.entries(responses)) {
    if (!status.startsWith('2')) continue;
    const [entry] = Object.entries(content ?? {});
    if (!entry) lines.push(`Answer: \`${status}\`, nothing.`, '');
    else if (entry[0] === 'text/event-stream')
      lines.push('Answer: a stream of Server-Sent Events, see [Events](../events).', '');
    else lines.push(...details(`Answer \`${status}\``, entry[1].schema, description));
  }
  const codes = Object.entries(responses)
    .filter(([status]) => !status.startsWith('2'))
    .map(([status, { description }]) => `${status}: ${description}`);
  if (codes.length > 0) lines.push('::: details Errors', ...codes.map((text) => `- ${text}`), ':::', '');
  return lines;
}

function details(title: string, schema: JsonSchema, note = ''): string[] {
  const fields = fieldsOf(schema);
  if (fields.length === 0) return [`${title}: ${code(typeOf(schema))} ${note === 'Done.' ? '' : escape(note)}`, ''];
  return [
    `${title}:`,
    '',
    '| field | type |',
    '| --- | --- |',
    ...fields.map(({ name, type, required }) => `| ${code(name)}${required ? '' : ' (optional)'} | ${code(type)} |`),
    '',
  ];
}
