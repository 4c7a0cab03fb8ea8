import type { Message } from '@prosa/core';
import { run } from './connect.ts';
import { authorWords, eventWords, outcomeWords, statusWords } from './words.ts';

/** Prints the history of a protocol as text: `node src/export-protocol.ts 20261120000042`. */
await run(async (prosa, [number]) => {
  if (!number) throw new Error('Use: node src/export-protocol.ts <protocol>');
  const { conversation, createdAt } = await prosa.protocols.get(number);
  console.log(`Protocolo ${number}, aberto em ${when(createdAt)}`);
  console.log(`Cliente: ${conversation.customer?.name ?? conversation.contact.name}`);
  const { status, outcome } = conversation;
  console.log(`Situação: ${statusWords[status]}${outcome ? ` (${outcomeWords[outcome]})` : ''}\n`);
  for await (const message of prosa.protocols.history(number)) console.log(lineOf(message));
});

function lineOf({ createdAt, author, content }: Message): string {
  const who = author.name ?? authorWords[author.kind];
  // What is written over several lines stays apart from the next message.
  return `[${when(createdAt)}] ${who}: ${textOf(content).replaceAll('\n', '\n    ')}`;
}

function textOf(content: Message['content']): string {
  switch (content.type) {
    case 'text':
    case 'reply':
    case 'template':
    case 'interactive':
      return content.text;
    case 'event':
      return `(${eventWords(content.event)})`;
    case 'unsupported':
      return `(${content.originalType})`;
    default:
      return 'attachment' in content ? `(${content.type}: ${content.attachment?.fileName ?? ''})` : `(${content.type})`;
  }
}

function when(time: string): string {
  return new Date(time).toLocaleString('pt-BR', { dateStyle: 'short', timeStyle: 'short' });
}
