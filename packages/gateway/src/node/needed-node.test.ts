import { afterEach, expect, it, vi } from 'vitest';
import { complaintAboutNode } from './needed-node.ts';
import { createTestGateway } from './testing.ts';
import { openSqlite } from './sqlite/open-sqlite.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

it.each(['18.20.4', '20.20.2', '22.15.1'])('Node %s is too old', (version) => {
  expect(complaintAboutNode(version)).toBe(`Prosa's gateway needs Node 22.16 or newer; this is Node ${version}.`);
});

it.each(['22.16.0', '23.0.0', '24.1.0', '100.0.0'])('Node %s is not', (version) => {
  expect(complaintAboutNode(version)).toBe(null);
});

it('an old Node is told so before it looks for a SQLite that it does not have', async () => {
  vi.stubGlobal('process', { ...process, versions: { ...process.versions, node: '20.20.2' } });
  const reason = "Prosa's gateway needs Node 22.16 or newer; this is Node 20.20.2.";
  await expect(createTestGateway()).rejects.toThrow(
    `unable to make a test gateway; ${reason} Run the tests with a newer one.`,
  );
  await expect(openSqlite({ path: ':memory:' })).rejects.toThrow(`unable to open SQLite; ${reason}`);
});
