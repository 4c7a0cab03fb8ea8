/** Texts that only desks with distribution, triage or a bot need. They come with the part that shows them. */
export interface DeskWords {
  readonly offeredToYou: (from: string | null, until: string) => string;
  readonly offeredTo: (agent: string) => string;
  readonly accept: string;
  readonly decline: string;
  readonly triage: string;
  readonly bot: string;
  readonly expired: string;
}

const ptBr: DeskWords = {
  offeredToYou: (from, until) =>
    from === null
      ? `Esta conversa é para você, até as ${until}.`
      : `${from} quer passar esta conversa para você, até as ${until}.`,
  offeredTo: (agent) => `Oferecida a ${agent}, que ainda não respondeu.`,
  accept: 'Aceitar',
  decline: 'Recusar',
  triage: 'Está em pré-atendimento: precisa ser convertida em atendimento.',
  bot: 'Está com o robô. Quando ele passar para a equipe, aparece em Esperando.',
  expired: 'Expirou: ninguém respondeu a tempo. Uma nova mensagem do cliente abre outra conversa.',
};

const en: DeskWords = {
  offeredToYou: (from, until) =>
    from === null
      ? `This conversation is for you, until ${until}.`
      : `${from} wants to hand you this conversation, until ${until}.`,
  offeredTo: (agent) => `Offered to ${agent}, who has not answered yet.`,
  accept: 'Accept',
  decline: 'Decline',
  triage: 'It is in triage: somebody has to make a service of it.',
  bot: 'The bot has it. Once it hands over to the team, it waits with the others.',
  expired: 'Expired: nobody answered in time. Another message of the customer begins a new conversation.',
};

export function deskWords(language: string): DeskWords {
  return language.startsWith('en') ? en : ptBr;
}
