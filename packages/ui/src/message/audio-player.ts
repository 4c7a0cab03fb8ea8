import type { LitElement } from 'lit';
import { adoptStyles } from '../styles/adopt-styles.ts';
import { AudioController } from './audio-controller.ts';
import { audioStyles } from './audio.styles.ts';
import { audioContent } from './message-audio.ts';

export interface AudioPlayer {
  readonly controller: AudioController;
  readonly draw: typeof audioContent;
}

export function createAudioPlayer(host: LitElement): AudioPlayer {
  adoptStyles(host.shadowRoot, audioStyles);
  return { controller: new AudioController(host), draw: audioContent };
}
