/** The webchat of a website. Importing this registers nothing: see `@prosa/widget-webchat/define`. */
export { ProsaWebchat } from './webchat/prosa-webchat.ts';
export type { WebchatEventMap, WebchatEventName, WebchatEventDetail } from './webchat/webchat-events.ts';
export type { Words } from './locales/words.ts';
export type { ProsaPageApi } from './loader/page-api.ts';
