import { openTestGateway } from '../testing/open-test-gateway.ts';
import type { TestGateway, TestGatewayOptions } from '../testing/test-gateway.ts';
import { openSqlite } from './sqlite/open-sqlite.ts';

export type {
  TestAgent,
  TestAgentOptions,
  TestCustomer,
  TestGateway,
  TestGatewayOptions,
  TestTokenOptions,
} from '../testing/test-gateway.ts';
export type { PhoneMessage, Refusal } from '../testing/pretend-graph.ts';

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
  return await openTestGateway(await openSqlite({ path: ':memory:' }), options);
}
