import { ProsaProvider } from '../provider/prosa-provider.ts';
import { safeDefine } from './safe-define.ts';

safeDefine(ProsaProvider.tagName, ProsaProvider);

declare global {
  interface HTMLElementTagNameMap {
    'prosa-provider': ProsaProvider;
  }
}
