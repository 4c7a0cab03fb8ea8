import { hasCode } from '@prosa/core';
import { run } from './connect.ts';

/** Takes the conversation that has been waiting longest and answers it. Needs an agent's token. */
await run(async (prosa, [text = 'Olá! Já estou vendo o seu pedido.']) => {
  for await (const { id, contact } of prosa.conversations.list({ tab: 'waiting' })) {
    try {
      await prosa.conversations.accept(id);
    } catch (error) {
      // Somebody was faster: the next one then.
      if (hasCode(error, 'conversation_taken')) continue;
      throw error;
    }
    const message = await prosa.messages.send(id, { type: 'text', text });
    console.log(`Respondido: ${contact.name} (${message.id})`);
    return;
  }
  console.log('Ninguém esperando.');
});
