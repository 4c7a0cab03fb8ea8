import type { Conversation, Message, TimelineEvent } from '@prosa/core';

/** What people read instead of the names of the contract. */
export const statusWords: Readonly<Record<Conversation['status'], string>> = {
  awaiting_reply: 'aguardando resposta do cliente',
  queued: 'na fila',
  active: 'em atendimento',
  wrap_up: 'em finalização',
  closed: 'finalizado',
};

export const outcomeWords: Readonly<Record<NonNullable<Conversation['outcome']>, string>> = {
  resolved: 'resolvido',
  unresolved: 'não resolvido',
  no_reply: 'cliente não respondeu',
  mistake: 'engano',
  terminated_client: 'encerrado pelo cliente',
  abandoned_client: 'cliente desistiu de esperar',
};

/** Of authors without a name. */
export const authorWords: Readonly<Record<Message['author']['kind'], string>> = {
  customer: 'Cliente',
  agent: 'Atendente',
  system: 'Sistema',
  api: 'Sistema',
};

export function eventWords(event: TimelineEvent): string {
  switch (event.name) {
    case 'queued':
      return `entrou na fila ${event.queue?.name ?? ''}`.trimEnd();
    case 'protocol_assigned':
      return `protocolo ${event.number}`;
    case 'accepted':
      return `${event.by.name} assumiu`;
    case 'transferred':
      return `transferido para ${(event.toAgent ?? event.toQueue)?.name ?? 'outra fila'}`;
    case 'closed':
      return `finalizado por ${event.by?.name ?? 'sistema'}`;
    case 'survey_sent':
      return `pesquisa ${event.instrument.toUpperCase()} enviada`;
    case 'survey_skipped':
      return `pesquisa ${event.instrument.toUpperCase()} não enviada`;
    case 'survey_answered':
      return `pesquisa ${event.instrument.toUpperCase()} respondida: ${event.score}`;
  }
}
