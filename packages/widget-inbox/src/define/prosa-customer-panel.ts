import { ProsaCustomerPanel } from '../customer-panel/prosa-customer-panel.ts';
import { safeDefine } from './safe-define.ts';

safeDefine(ProsaCustomerPanel.tagName, ProsaCustomerPanel);

declare global {
  interface HTMLElementTagNameMap {
    'prosa-customer-panel': ProsaCustomerPanel;
  }
}
