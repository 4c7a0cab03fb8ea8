export { startCrm, type Crm, type CrmOptions } from './start-crm.ts';
export type { AgentKey } from './sign-agent-token.ts';
