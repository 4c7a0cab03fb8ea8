import type * as NodeSqlite from 'node:sqlite';
import { complaintAboutNode } from '../needed-node.ts';

/**
 * `node:sqlite`, looked up and not imported: an older Node fails with a sentence about itself, and not with one about a
 * module that nobody has heard of.
 *
 * @throws Error when this Node has none that the gateway can use
 */
export function nodeSqlite(): typeof NodeSqlite {
  const complaint = complaintAboutNode();
  if (complaint !== null) throw new Error(`unable to open SQLite; ${complaint}`);
  return process.getBuiltinModule('node:sqlite');
}
