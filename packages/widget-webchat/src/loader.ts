import type { ProsaPageApi } from './loader/page-api.ts';
import { startLoader } from './loader/start-loader.ts';

declare global {
  // Only a `var` becomes a property of the global object.
  var Prosa: ProsaPageApi | undefined;
}

/** The one line of a website: `<script async src="https://…/webchat.js" data-key="wck_…"></script>`. */
startLoader(document.currentScript, () => import('./define.ts'));
