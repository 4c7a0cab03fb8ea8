/** The real gateway in memory, for the tests of whoever uses it: in Node and in a browser. */
import { openTestGateway } from './open-test-gateway.ts';
import { openWasmSqlite } from './open-wasm-sqlite.ts';
import type { TestGateway, TestGatewayOptions } from './test-gateway.ts';

export type { TestDuration, TestGateway, TestGatewayOptions } from './test-gateway.ts';
export type {
  TestAgent,
  TestAgentOptions,
  TestClientOptions,
  TestCustomer,
  TestFiles,
  TestTokenOptions,
  TestVisitor,
  TestVisitorOptions,
} from './test-people.ts';
export type { TestFailure, TestRequestFilter } from './test-network.ts';
export type { TestReview } from './test-templates.ts';
export type { TestAddress, TestRoute } from './test-routes.ts';
export type { Seed, SeedConversation, Seeded } from './seed.ts';
export type { PhoneMessage, Refusal } from './pretend-graph.ts';

/**
 * The real gateway in memory, for tests: its rules, its database, its event stream, and a WhatsApp that takes every
 * message at once. Each is a world of its own; close it when the test ends.
 *
 * @example
 * const gateway = await createTestGateway();
 * const ana = await gateway.createAgent({ name: 'Ana' });
 * const { id } = await gateway.customerSays('Oi', { name: 'Marina' });
 * await ana.client().conversations.accept(id);
 */
export async function createTestGateway(options: TestGatewayOptions = {}): Promise<TestGateway> {
  return await openTestGateway(() => openWasmSqlite({ wasmUrl: options.sqliteWasm }), options);
}
