import type { FailureReason } from '../channels/channel.ts';

type Texts = readonly [ptBR: string, en: string, es: string];

/** Why somebody of a dispatch is passed over, or is not reached for a reason of ours. */
const problems = {
  contact_opted_out: [
    'A pessoa pediu para não receber mensagens de marketing.',
    'The person asked not to receive marketing messages.',
    'La persona pidió no recibir mensajes de marketing.',
  ],
  contact_in_conversation: [
    'A pessoa já está em um atendimento aberto.',
    'The person is in an open conversation already.',
    'La persona ya está en una conversación abierta.',
  ],
  no_address: [
    'O contato não tem um número para receber a mensagem.',
    'The contact has no number to receive the message.',
    'El contacto no tiene un número para recibir el mensaje.',
  ],
  template_changed: [
    'O modelo de mensagem mudou depois que o disparo foi criado, e os dados não combinam mais.',
    'The message template changed after the dispatch was made, and what was filled in no longer fits.',
    'La plantilla de mensaje cambió después de crear el envío y los datos ya no coinciden.',
  ],
  template_deleted: [
    'O modelo de mensagem foi excluído.',
    'The message template was deleted.',
    'La plantilla de mensaje fue eliminada.',
  ],
  cancelled: [
    'O disparo foi cancelado antes do envio.',
    'The dispatch was cancelled before it was sent.',
    'El envío fue cancelado antes de salir.',
  ],
  restored: [
    'O sistema foi restaurado de um backup, e a mensagem já pode ter saído.',
    'The system was restored from a backup, and the message may have gone before.',
    'El sistema fue restaurado desde una copia, y el mensaje ya puede haber salido.',
  ],
  internal: [
    'Houve um problema ao preparar a mensagem.',
    'Something went wrong while the message was being prepared.',
    'Hubo un problema al preparar el mensaje.',
  ],
} as const satisfies Readonly<Record<string, Texts>>;

export type DispatchProblem = keyof typeof problems;

/** In the languages of those who read it; `null`: not one of ours. */
export function dispatchReason(code: string): FailureReason | null {
  if (!Object.hasOwn(problems, code)) return null;
  const [ptBR, en, es] = problems[code as DispatchProblem];
  return { 'pt-BR': ptBR, en, es };
}
