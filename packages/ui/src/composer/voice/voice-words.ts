import type { MicrophoneProblem } from './microphone-problem.ts';

/** Texts of the recorder. They come with the composer. */
export interface VoiceWords {
  readonly record: string;
  readonly recorder: string;
  readonly asking: string;
  readonly cancel: string;
  readonly recording: string;
  readonly elapsed: string;
  readonly keys: string;
  readonly discard: string;
  readonly listen: string;
  readonly listenTo: string;
  readonly pause: string;
  readonly send: string;
  readonly recorded: (duration: string) => string;
  readonly discarded: string;
  readonly lost: string;
  readonly full: string;
  readonly notLoaded: string;
  readonly problems: Readonly<Record<MicrophoneProblem, string>>;
}

const ptBr: VoiceWords = {
  record: 'Gravar mensagem de voz',
  recorder: 'Gravação de voz',
  asking: 'Permita o uso do microfone no aviso do navegador.',
  cancel: 'Cancelar',
  recording: 'Gravando',
  elapsed: 'Tempo de gravação',
  keys: 'Esc descarta',
  discard: 'Descartar gravação',
  listen: 'Parar e ouvir',
  listenTo: 'Ouvir gravação',
  pause: 'Pausar gravação',
  send: 'Enviar gravação',
  recorded: (duration) => `Gravação de ${duration} pronta. Ouça, envie ou descarte.`,
  discarded: 'Gravação descartada.',
  lost: 'O microfone parou. O que foi gravado está guardado.',
  full: 'A gravação chegou ao tamanho máximo e parou.',
  notLoaded: 'Não foi possível abrir o gravador. Verifique a conexão e tente de novo.',
  problems: {
    denied: 'O microfone está bloqueado para esta página. Libere-o ao lado do endereço e tente de novo.',
    blocked: 'Esta página não permite usar o microfone. Peça a liberação a quem cuida do sistema.',
    missing: 'Nenhum microfone encontrado. Conecte um e tente de novo.',
    busy: 'Outro programa está usando o microfone. Feche-o e tente de novo.',
    failed: 'A gravação não começou. Tente de novo.',
  },
};

const en: VoiceWords = {
  record: 'Record voice message',
  recorder: 'Voice recording',
  asking: 'Allow the microphone when the browser asks.',
  cancel: 'Cancel',
  recording: 'Recording',
  elapsed: 'Recording time',
  keys: 'Esc discards',
  discard: 'Discard recording',
  listen: 'Stop and listen',
  listenTo: 'Listen to recording',
  pause: 'Pause recording',
  send: 'Send recording',
  recorded: (duration) => `Recording of ${duration} ready. Listen, send or discard.`,
  discarded: 'Recording discarded.',
  lost: 'The microphone stopped. What was recorded is kept.',
  full: 'The recording reached its largest size and stopped.',
  notLoaded: 'Unable to open the recorder. Check the connection and try again.',
  problems: {
    denied: 'The microphone is blocked for this page. Allow it beside the address, then try again.',
    blocked: 'This page does not allow the microphone. Ask whoever runs it.',
    missing: 'No microphone found. Connect one and try again.',
    busy: 'Another program is using the microphone. Close it and try again.',
    failed: 'The recording did not start. Try again.',
  },
};

export function voiceWords(language: string): VoiceWords {
  return language.startsWith('en') ? en : ptBr;
}
