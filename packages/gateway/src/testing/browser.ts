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
} from './test-gateway.ts';
export type { PhoneMessage, Refusal } from './pretend-graph.ts';

/** What `createTestGateway` is in a browser: over SQLite's WebAssembly build. */
export async function createTestGateway(options: TestGatewayOptions = {}): Promise<TestGateway> {
  return await openTestGateway(await openWasmSqlite({ wasmUrl: options.sqliteWasm }), options);
}
