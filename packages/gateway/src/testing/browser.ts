import { openTestGateway } from './open-test-gateway.ts';
import { openWasmSqlite } from './open-wasm-sqlite.ts';
import type { TestGateway, TestGatewayOptions } from './test-gateway.ts';

export type {
  TestAgent,
  TestAgentOptions,
  TestCustomer,
  TestGateway,
  TestGatewayOptions,
  TestTokenOptions,
  TestVisitorOptions,
} from './test-gateway.ts';
export type { PhoneMessage, Refusal } from './pretend-graph.ts';

/**
 * The real gateway in memory, for tests: its rules, its database, its event stream, and a WhatsApp that takes every
 * message at once. Each is a world of its own; close it when the test ends.
 *
 * @example
 * const gateway = await createTestGateway();
 * const ana = await gateway.createAgent({ name: 'Ana' });
 * const client = createClient({ baseUrl: gateway.baseUrl, token: ana.token, fetch: gateway.fetch, storage: null });
 * await gateway.customerSays('Oi', { from: '+55 83 9 9914-2210', name: 'Marina' });
 */
export async function createTestGateway(options: TestGatewayOptions = {}): Promise<TestGateway> {
  return await openTestGateway(await openWasmSqlite({ wasmUrl: options.sqliteWasm }), options);
}
