import { createClient, type ApiError, type ProsaClient } from '@prosa/core';
import { createTestGateway, type TestAgent, type TestGateway } from '@prosa/gateway/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pdfFile, pngFile } from '../testbed/files.ts';

// What a developer reads names the way out, not only what is wrong.

let gateway: TestGateway;
let ana: TestAgent;
let page: ProsaClient;
let server: ProsaClient;

beforeAll(async () => {
  gateway = await createTestGateway();
  ana = await gateway.createAgent({ name: 'Ana' });
  page = ana.client();
  server = gateway.serverClient();
});
afterAll(() => gateway.close());

/** What is said after the operation. */
async function reasonOf(call: PromiseLike<unknown>): Promise<string> {
  const error = await call.then(
    () => expect.unreachable('it is not refused'),
    (refused: unknown) => refused as ApiError,
  );
  return error.message.split('; ').slice(1).join('; ');
}

const withToken = (token: string) =>
  reasonOf(createClient({ baseUrl: gateway.baseUrl, fetch: gateway.fetch, token, storage: null }).queues.list());

const upload = (fileName: string, ...parts: BlobPart[]) =>
  reasonOf(server.attachments.upload(new Blob(parts), { fileName }));

async function attended(): Promise<string> {
  const { id } = await gateway.customerSays('Oi', { name: crypto.randomUUID() });
  await page.conversations.accept(id);
  return id;
}

it('says where an API key that is not known may be from', async () => {
  expect(await withToken(`prk_${'0'.repeat(64)}`)).toBe(
    'The API key is not known, or has been revoked. `prosa-gateway api-key create` makes one, in the ' +
      "gateway's folder: another folder (`PROSA_DATA_DIR`) is another gateway.",
  );
});

it('says what a token may be', async () => {
  expect(await withToken('secret')).toBe(
    'The token is neither a JWT, as a backend signs it for an agent, nor an API key (`prk_…`).',
  );
});

it('says whose token a command needs', async () => {
  const { id } = await gateway.customerSays('Oi', { name: 'Lia' });
  expect(await reasonOf(server.conversations.accept(id))).toBe(
    'An API key is nobody in particular: this needs an agent token.',
  );
  expect(await reasonOf(server.conversations.close(id, { outcome: 'resolved' }))).toBe(
    'Nobody attends it yet: accept it as an agent, or transfer it to one, before finishing it.',
  );
});

it('says how an answer gets to somebody whose conversation is over', async () => {
  const id = await attended();
  await page.conversations.close(id, { outcome: 'resolved' });
  expect(await reasonOf(page.messages.send(id, { type: 'text', text: 'Mais uma coisa' }))).toBe(
    'The conversation is over: reopen it, or start another one with a message template',
  );
});

it('says that a file goes with one message', async () => {
  const id = await attended();
  const { id: attachmentId } = await page.attachments.upload(pdfFile(), { fileName: 'boleto.pdf' });
  await page.messages.send(id, { type: 'document', attachmentId });
  expect(await reasonOf(page.messages.send(id, { type: 'document', attachmentId }))).toBe(
    'The file belongs to another message already: upload it again',
  );
});

it('says which files can be sent', async () => {
  const kinds =
    'JPEG, PNG and WebP pictures, AAC, AMR, MP3, M4A and OGG audio, MP4 and 3GP video, PDF, Word, Excel, PowerPoint ' +
    'and plain text can.';
  expect(await upload('a.exe', 'MZ\u0090\u0000\u0003')).toBe(`The content is of no type that can be sent: ${kinds}`);
  expect(await upload('a.heic', '\u0000\u0000\u0000\u0018ftypheic')).toContain(kinds);
});

it('says what a file has to be called', async () => {
  expect(await upload('recibo', 'Recebemos R$ 20,00')).toBe(
    'The content is text/plain, and the file name does not say so: let it end with .txt or .csv.',
  );
  expect(await upload('boleto.html', pdfFile())).toBe(
    'The content is application/pdf, and the file name does not say so: let it end with .pdf.',
  );
});

it('says how large a file may be', async () => {
  expect(await upload('foto.png', pngFile(), new Uint8Array(6 << 20))).toBe(
    'A file of this kind (image) can have at most 5 MB (5242880 bytes), and this one has 6.1 MB.',
  );
  expect(await upload('tudo.pdf', pdfFile(), new Uint8Array(101 << 20))).toBe(
    'A file can have at most 100 MB (104857600 bytes), and this one has more.',
  );
});

it('says how a phone number is written', async () => {
  const { id: templateId } = await server.hsm.create({
    name: 'retomar',
    category: 'UTILITY',
    language: 'pt_BR',
    components: [{ type: 'BODY', text: 'Podemos continuar?' }],
  });
  await gateway.delivered();
  const start = (phone: string) => reasonOf(server.conversations.start({ to: { phone }, template: { templateId } }));
  expect(await start('12')).toContain('body.to.phone must have at least 8 characters');
  expect(await start('99914-2210')).toContain(
    'body.to.phone must be a phone number with its area code, such as (83) 99914-2210, or with + and the country',
  );
});

it('names the lines of a dispatch in their order', async () => {
  const { data: templates } = await server.hsm.list();
  const refused = server.dispatches.create({
    name: 'Sexta',
    template: { templateId: templates[0]!.id },
    recipients: [
      { to: { phone: '99914-2210' } },
      { to: { phone: '(83) 99914-2210' }, variables: { 'body.7': 'x' } },
      { to: { phone: '99914-2211' } },
    ],
  });
  const errors = await refused.then(
    () => [],
    (error: unknown) => (error as ApiError).errors,
  );
  expect(errors.map(({ path }) => path)).toEqual([
    'body.recipients.0.to.phone',
    'body.recipients.1.variables.body.7',
    'body.recipients.2.to.phone',
  ]);
});
