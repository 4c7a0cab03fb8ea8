export { AudioController } from './audio-controller.ts';
export { audioContent } from './message-audio.ts';
