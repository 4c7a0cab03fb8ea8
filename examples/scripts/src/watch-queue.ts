import { once } from 'node:events';
import { run } from './connect.ts';

/** Prints who begins to wait, who attends and what is over, as it happens, until Ctrl+C. */
await run(async (prosa) => {
  prosa.on('conversation.queued', ({ data: { conversation } }) => {
    console.log(`${conversation.contact.name} espera em ${conversation.queue?.name ?? 'nenhuma fila'}`);
  });
  prosa.on('conversation.assigned', ({ data: { conversation } }) => {
    console.log(`${conversation.assignee?.name ?? 'Alguém'} atende ${conversation.contact.name}`);
  });
  prosa.on('conversation.closed', ({ data: { conversation } }) => {
    console.log(`${conversation.contact.name}: finalizado (protocolo ${conversation.protocol ?? '–'})`);
  });
  const refused = new Promise<never>((_, reject) => {
    prosa.on('connection.changed', ({ state, error }) => {
      // What is missed while it is `reconnecting` is told once it is back.
      if (state === 'connected') console.log('Acompanhando. Ctrl+C termina.');
      if (error && (state === 'failed' || state === 'needs_auth')) reject(error);
    });
  });
  await Promise.race([once(process, 'SIGINT'), refused]);
});
