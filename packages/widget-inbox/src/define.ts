/** Registers every element of this package. */
import './define/prosa-customer-panel.ts';
import './define/prosa-inbox.ts';
import './define/prosa-provider.ts';
