import type { Words } from './words.ts';

export const en: Words = {
  language: 'en',

  openChat: 'Open the chat',
  fold: 'Minimise',
  closeChat: 'Close the chat',
  unread: (count) => (count === 1 ? '1 new message' : `${count} new messages`),

  noAgentYet: 'Talk to us here',
  waiting: 'We will be with you soon',
  attending: (name) => `You are talking to ${name}`,
  ended: 'Conversation ended',
  protocol: (number) => `Protocol ${number}`,

  greetingFrom: (title) => `Message from ${title}`,
  nameLabel: 'Your name',
  emailLabel: 'Your e-mail',
  optional: 'optional',
  subjectLabel: 'Choose a subject',
  nameMissing: 'Tell us your name, so that we know what to call you.',
  emailMissing: 'Tell us your e-mail.',
  emailWrong: 'Check the e-mail: something is missing, as in name@example.com.',
  subjectMissing: 'Choose a subject to begin.',

  write: 'Write a message',
  attach: 'Attach a file',
  send: 'Send',
  dropHere: 'Drop the files here',
  fileTooLarge: (fileName, limit) => `“${fileName}” is too large. The limit is ${limit}.`,
  fileEmpty: (fileName) => `“${fileName}” is empty.`,

  you: 'You',
  team: 'Team',
  today: 'Today',
  yesterday: 'Yesterday',
  earlier: 'Show earlier messages',
  joined: (name) => (name === null ? 'Somebody of the team joined' : `${name} joined`),
  endedNotice: 'Conversation ended',
  typing: 'Typing…',
  unsupported: 'This message cannot be shown here.',
  openImage: 'Open the picture',
  download: 'Download',
  audio: 'Audio',
  video: 'Video',
  fileGone: 'File not available',
  sending: 'Sending',
  queued: 'Waiting for a connection',
  sent: 'Sent',
  read: 'Read',
  uploading: (percent) => `Sending, ${percent}%`,
  notSent: 'It was not sent.',
  fileRefused: 'This kind of file cannot be sent.',
  tryAgain: 'Try again',
  discard: 'Discard',
  cancel: 'Stop sending',
  toEnd: 'Go to the newest message',

  endConversation: 'End the conversation',
  endQuestion: 'End this conversation?',
  endConfirm: 'End it',
  endKeep: 'Back to the conversation',
  startNew: 'Start a new conversation',

  offline: (pending) =>
    pending === 0
      ? 'No connection.'
      : pending === 1
        ? 'No connection. Your message is kept and goes out as soon as there is one.'
        : `No connection. ${pending} messages are kept and go out as soon as there is one.`,
  reconnect: 'Reconnect',
  loading: 'Loading…',
  loadFailed: 'The chat cannot be opened now.',
  somethingFailed: 'That did not work. Try again.',

  score: (score, max) => `${score} of ${max}`,
  lowest: { csat: 'Very bad', nps: 'Not likely', ces: 'Very hard' },
  highest: { csat: 'Very good', nps: 'Very likely', ces: 'Very easy' },
  comment: 'Would you tell us why?',
  sendAnswer: 'Send the answer',
  answered: (score, max) => `Your answer: ${score} of ${max}`,
};
