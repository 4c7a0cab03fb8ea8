/** Registers `<prosa-webchat>`. */
import { defineElement } from '@prosa/ui';
import { version } from './version.ts';
import { ProsaWebchat } from './webchat/prosa-webchat.ts';

defineElement(ProsaWebchat.tagName, ProsaWebchat, { packageName: '@prosa/widget-webchat', version });

declare global {
  interface HTMLElementTagNameMap {
    'prosa-webchat': ProsaWebchat;
  }
}
