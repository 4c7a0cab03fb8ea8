import { openTestGateway } from '../testing/open-test-gateway.ts';
import type { TestGateway, TestGatewayOptions } from '../testing/test-gateway.ts';
import { complaintAboutNode } from './needed-node.ts';
import { openSqlite } from './sqlite/open-sqlite.ts';

/** What `@prosa/gateway/testing` is in Node: over `node:sqlite`. Its types are those of the browser's. */
export async function createTestGateway(options: TestGatewayOptions = {}): Promise<TestGateway> {
  const complaint = complaintAboutNode();
  if (complaint !== null)
    throw new Error(`unable to make a test gateway; ${complaint} Run the tests with a newer one.`);
  return await openTestGateway(() => openSqlite({ path: ':memory:' }), options);
}
