/** Every text of the webchat. A host replaces any of them with `strings`. */
export interface Words {
  /** BCP 47, for dates and times. */
  readonly language: string;

  readonly openChat: string;
  readonly closeChat: string;
  /** Of the button in the head, which closes too. */
  readonly fold: string;
  readonly unread: (count: number) => string;

  readonly noAgentYet: string;
  readonly waiting: string;
  readonly attending: (name: string) => string;
  readonly ended: string;
  readonly protocol: (number: string) => string;

  readonly greetingFrom: (title: string) => string;
  readonly nameLabel: string;
  readonly emailLabel: string;
  readonly optional: string;
  readonly subjectLabel: string;
  readonly nameMissing: string;
  readonly emailMissing: string;
  readonly emailWrong: string;
  readonly subjectMissing: string;

  readonly write: string;
  readonly attach: string;
  readonly send: string;
  readonly dropHere: string;
  readonly fileTooLarge: (fileName: string, limit: string) => string;
  readonly fileEmpty: (fileName: string) => string;

  readonly you: string;
  readonly team: string;
  readonly today: string;
  readonly yesterday: string;
  readonly earlier: string;
  readonly joined: (name: string | null) => string;
  readonly endedNotice: string;
  readonly typing: string;
  readonly unsupported: string;
  readonly openImage: string;
  readonly download: string;
  readonly audio: string;
  readonly video: string;
  readonly fileGone: string;
  readonly sending: string;
  readonly queued: string;
  readonly sent: string;
  readonly read: string;
  readonly uploading: (percent: number) => string;
  readonly notSent: string;
  readonly fileRefused: string;
  readonly tryAgain: string;
  readonly discard: string;
  readonly cancel: string;
  readonly toEnd: string;

  readonly endConversation: string;
  readonly endQuestion: string;
  readonly endConfirm: string;
  readonly endKeep: string;
  readonly startNew: string;

  readonly offline: (pending: number) => string;
  readonly reconnect: string;
  readonly loading: string;
  readonly loadFailed: string;
  readonly somethingFailed: string;

  readonly score: (score: number, max: number) => string;
  readonly lowest: Readonly<Record<'csat' | 'nps' | 'ces', string>>;
  readonly highest: Readonly<Record<'csat' | 'nps' | 'ces', string>>;
  readonly comment: string;
  readonly sendAnswer: string;
  readonly answered: (score: number, max: number) => string;
}
