import { formatPhone } from '@prosa/core/brazil';
import type { ClosingOutcome, ConversationOutcome, TimelineEvent } from '@prosa/core/contract';
import type { RichText } from '../locales/translation.ts';

type Rare = Exclude<
  TimelineEvent['name'],
  'queued' | 'protocol_assigned' | 'accepted' | 'transferred' | 'survey_sent' | 'survey_skipped' | 'survey_answered'
>;
type Events = { readonly [Name in Rare]: Extract<TimelineEvent, { readonly name: Name }> };
type RareOutcome = Exclude<ConversationOutcome, ClosingOutcome | 'terminated_client' | 'abandoned_client'>;
type Outcomes = Readonly<Record<RareOutcome, string>>;
type Sentences = { readonly [Name in Rare]: (event: Events[Name]) => RichText };

const strong = (text: string) => ({ strong: text });

const ptBrOutcomes: Outcomes = {
  queue_timeout: 'Esperou demais na fila',
  inactivity: 'Encerrado por inatividade',
  bot_resolved: 'Resolvido pelo robô',
  discarded: 'Descartado',
  offline: 'Fora do horário',
  window_expired: 'Janela encerrada sem resposta',
  no_answer: 'Sem resposta ao modelo',
};

const enOutcomes: Outcomes = {
  queue_timeout: 'Waited too long',
  inactivity: 'Ended by inactivity',
  bot_resolved: 'Resolved by the bot',
  discarded: 'Discarded',
  offline: 'Out of hours',
  window_expired: 'Window ended without an answer',
  no_answer: 'No answer to the template',
};

/** As the last one is told what a later version brings. */
function whyBack(reason: string, disconnected: string, offline: string, other: string): string {
  if (reason === 'disconnected') return disconnected;
  return reason === 'offline' ? offline : other;
}

function whyTriage(reason: string, outOfHours: string, nobodyOnline: string): string {
  if (reason === 'out_of_hours') return outOfHours;
  return reason === 'nobody_online' ? nobodyOnline : '';
}

const ptBr: Sentences = {
  closed: ({ outcome }) => [`Finalizado · ${ptBrOutcomes[outcome as RareOutcome] ?? outcome}`],
  ended: ({ by }) => (by ? [strong(by.name), ' encerrou o chat'] : ['O chat foi encerrado']),
  recorded: ({ by }) => [strong(by.name), ' preencheu o registro'],
  offered: ({ to }) => ['Oferecido a ', strong(to.name)],
  offer_declined: ({ by }) => [strong(by.name), ' recusou'],
  offer_timed_out: ({ to }) => [strong(to.name), ' não respondeu a tempo'],
  offer_returned: ({ to }) => ['Voltou para ', strong(to.name)],
  assigned: ({ to }) => ['Distribuído para ', strong(to.name)],
  requeued: ({ from, reason }) => [
    'Voltou para a fila: ',
    strong(from.name),
    whyBack(reason, ' ficou sem conexão', ' ficou offline', ' foi desativado'),
  ],
  parked: ({ by }) => (by ? [strong(by.name), ' deixou pendente'] : ['Pendente: o cliente não respondeu']),
  resumed: ({ by }) => (by ? [strong(by.name), ' retomou'] : ['O cliente respondeu']),
  invited: ({ by, agent }) => [strong(by.name), ' convidou ', strong(agent.name)],
  joined: ({ agent }) => [strong(agent.name), ' entrou na conversa'],
  invitation_declined: ({ agent }) => [strong(agent.name), ' recusou o convite'],
  left: ({ agent }) => [strong(agent.name), ' saiu da conversa'],
  handed_over: () => ['O robô passou para a equipe'],
  triage: ({ reason }) => ['Pré-atendimento', whyTriage(reason, ': fora do horário', ': ninguém online')],
  converted: ({ by }) => [strong(by.name), ' converteu em atendimento'],
  discarded: ({ by, reason }) => [strong(by.name), ` descartou: ${reason}`],
  reopened: ({ by }) => (by ? [strong(by.name), ' reabriu'] : ['Reaberto pelo cliente']),
  expired: ({ reason }) => [
    reason === 'no_answer' ? 'Expirou sem resposta do cliente' : 'Expirou com a janela fechada',
  ],
  tags_changed: ({ by, tags }) => [
    strong(by.name),
    tags.length > 0 ? ` marcou: ${tags.join(', ')}` : ' tirou as etiquetas',
  ],
  number_changed: ({ to }) => [to ? `O número do cliente mudou para ${formatPhone(to)}` : 'O número do cliente mudou'],
  identity_changed: () => ['O WhatsApp do cliente foi instalado de novo: confirme com quem você fala'],
  marketing_preference: ({ allowed }) => [
    allowed ? 'O cliente voltou a aceitar mensagens de marketing' : 'O cliente não quer mais mensagens de marketing',
  ],
};

const en: Sentences = {
  closed: ({ outcome }) => [`Closed · ${enOutcomes[outcome as RareOutcome] ?? outcome}`],
  ended: ({ by }) => (by ? [strong(by.name), ' ended the chat'] : ['The chat was ended']),
  recorded: ({ by }) => [strong(by.name), ' filled in the record'],
  offered: ({ to }) => ['Offered to ', strong(to.name)],
  offer_declined: ({ by }) => [strong(by.name), ' declined'],
  offer_timed_out: ({ to }) => [strong(to.name), ' did not answer in time'],
  offer_returned: ({ to }) => ['Returned to ', strong(to.name)],
  assigned: ({ to }) => ['Given to ', strong(to.name)],
  requeued: ({ from, reason }) => [
    'Back in the queue: ',
    strong(from.name),
    whyBack(reason, ' lost the connection', ' went offline', ' was deactivated'),
  ],
  parked: ({ by }) => (by ? [strong(by.name), ' set it aside'] : ['Set aside: the customer did not answer']),
  resumed: ({ by }) => (by ? [strong(by.name), ' resumed'] : ['The customer answered']),
  invited: ({ by, agent }) => [strong(by.name), ' invited ', strong(agent.name)],
  joined: ({ agent }) => [strong(agent.name), ' joined'],
  invitation_declined: ({ agent }) => [strong(agent.name), ' declined the invitation'],
  left: ({ agent }) => [strong(agent.name), ' left'],
  handed_over: () => ['The bot handed over to the team'],
  triage: ({ reason }) => ['Triage', whyTriage(reason, ': out of hours', ': nobody online')],
  converted: ({ by }) => [strong(by.name), ' made a service of it'],
  discarded: ({ by, reason }) => [strong(by.name), ` discarded it: ${reason}`],
  reopened: ({ by }) => (by ? [strong(by.name), ' reopened it'] : ['Reopened by the customer']),
  expired: ({ reason }) => [reason === 'no_answer' ? 'Expired without an answer' : 'Expired with the window'],
  tags_changed: ({ by, tags }) => [
    strong(by.name),
    tags.length > 0 ? ` tagged: ${tags.join(', ')}` : ' removed the tags',
  ],
  number_changed: ({ to }) => [
    to ? `The customer's number changed to ${formatPhone(to)}` : "The customer's number changed",
  ],
  identity_changed: () => ["The customer's WhatsApp was installed anew: make sure who you are talking to"],
  marketing_preference: ({ allowed }) => [
    allowed ? 'The customer takes marketing messages again' : 'The customer wants no more marketing messages',
  ],
};

/** What seldom happens in a conversation, as a sentence; nothing for what a later version brings. */
export function rareSentence(language: string, event: TimelineEvent): RichText {
  const sentences = language.startsWith('en') ? en : ptBr;
  const tell = (sentences as Readonly<Record<string, ((event: never) => RichText) | undefined>>)[event.name];
  return tell?.(event as never) ?? [];
}
