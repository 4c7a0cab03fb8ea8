/** Tries any backend against the behaviours of the contract. The command `prosa-gateway conformance` is made of it. */
export {
  runConformance,
  type ConformanceOptions,
  type ConformanceReport,
  type ConformanceResult,
} from './run-conformance.ts';
export { behaviours, type Behaviour, type Need } from './public-behaviours.ts';
export { formatReport } from './report.ts';
export { givenTokens, signedTokens, type AgentTokens, type KitAgent, type TokenOptions } from './tokens.ts';
export type { CustomerDriver, DrivenCustomer, WebchatOptions } from './customers.ts';
