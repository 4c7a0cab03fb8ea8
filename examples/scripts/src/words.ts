import type { Conversation, Message, TimelineEvent } from '@prosa/core';

/** What people read instead of the names of the contract. */
export const statusWords: Readonly<Record<Conversation['status'], string>> = {
  triage: 'em pré-atendimento',
  bot: 'com o robô',
  awaiting_reply: 'aguardando resposta do cliente',
  queued: 'na fila',
  offered: 'oferecido a um atendente',
  active: 'em atendimento',
  pending: 'pendente',
  wrap_up: 'em finalização',
  closed: 'finalizado',
  expired: 'expirado',
};

export const outcomeWords: Readonly<Record<NonNullable<Conversation['outcome']>, string>> = {
  resolved: 'resolvido',
  unresolved: 'não resolvido',
  no_reply: 'cliente não respondeu',
  mistake: 'engano',
  terminated_client: 'encerrado pelo cliente',
  abandoned_client: 'cliente desistiu de esperar',
  queue_timeout: 'esperou demais na fila',
  inactivity: 'encerrado por inatividade',
  bot_resolved: 'resolvido pelo robô',
  discarded: 'descartado',
  offline: 'fora do horário',
  window_expired: 'janela encerrada sem resposta',
  no_answer: 'sem resposta ao modelo',
};

/** Of authors without a name. */
export const authorWords: Readonly<Record<Message['author']['kind'], string>> = {
  customer: 'Cliente',
  agent: 'Atendente',
  system: 'Sistema',
  phone: 'celular da empresa',
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
    case 'ended':
      return `chat encerrado por ${event.by?.name ?? 'sistema'}`;
    case 'recorded':
      return `registro preenchido por ${event.by.name}`;
    case 'offered':
      return `oferecido a ${event.to.name}`;
    case 'offer_declined':
      return `${event.by.name} recusou`;
    case 'offer_timed_out':
      return `${event.to.name} não respondeu a tempo`;
    case 'offer_returned':
      return `voltou para ${event.to.name}`;
    case 'assigned':
      return `distribuído para ${event.to.name}`;
    case 'requeued':
      return `voltou para a fila, de ${event.from.name}`;
    case 'parked':
      return `pendente por ${event.by?.name ?? 'silêncio do cliente'}`;
    case 'resumed':
      return `retomado por ${event.by?.name ?? 'cliente'}`;
    case 'invited':
      return `${event.by.name} convidou ${event.agent.name}`;
    case 'joined':
      return `${event.agent.name} entrou`;
    case 'invitation_declined':
      return `${event.agent.name} recusou o convite`;
    case 'left':
      return `${event.agent.name} saiu`;
    case 'handed_over':
      return 'o robô passou para a equipe';
    case 'triage':
      return 'em pré-atendimento';
    case 'converted':
      return `convertido por ${event.by.name}`;
    case 'discarded':
      return `descartado por ${event.by.name}: ${event.reason}`;
    case 'reopened':
      return `reaberto por ${event.by?.name ?? 'cliente'}`;
    case 'expired':
      return 'expirou';
    case 'tags_changed':
      return `etiquetas: ${event.tags.join(', ') || 'nenhuma'}`;
    case 'number_changed':
      return `o número mudou para ${event.to ?? 'outro'}`;
    case 'identity_changed':
      return 'o WhatsApp foi instalado de novo';
    case 'marketing_preference':
      return event.allowed ? 'voltou a aceitar marketing' : 'não quer mais marketing';
  }
}
