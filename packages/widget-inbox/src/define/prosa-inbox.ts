import { ProsaInbox } from '../inbox/prosa-inbox.ts';
import './prosa-customer-panel.ts';
import { safeDefine } from './safe-define.ts';

safeDefine(ProsaInbox.tagName, ProsaInbox);

declare global {
  interface HTMLElementTagNameMap {
    'prosa-inbox': ProsaInbox;
  }
}
