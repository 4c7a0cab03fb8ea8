/** The WhatsApp inbox to embed in a CRM. Importing this registers nothing: see `@prosa/widget-inbox/define`. */

// Elements
export { ProsaInbox } from './inbox/prosa-inbox.ts';
export { ProsaCustomerPanel } from './customer-panel/prosa-customer-panel.ts';
export { ProsaProvider } from './provider/prosa-provider.ts';

// Customers
export { gatewayCustomers } from './customer-panel/customer-source.ts';

// Types
export type { CustomerRecord, CustomerSource } from './customer-panel/customer-source.ts';
export type { InboxEventMap } from './inbox/inbox-events.ts';
export type { Translation } from '@prosa/ui';
