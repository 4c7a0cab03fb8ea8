import { indexedDbStorage } from '../store/indexed-db.ts';
import { tellErased } from '../tabs/tell-erased.ts';
import { outboxOf } from './inner-parts.ts';
import type { Kernel } from './kernel.ts';
import type { LogoutOptions } from './prosa-client.ts';

/** Asks, erases what the browser keeps of the agent, tells their other tabs, and ends the client. */
export async function logout({ use, storage, destroy }: Kernel, { confirm }: LogoutOptions = {}): Promise<boolean> {
  const outbox = use(outboxOf);
  const unsent = await outbox.all();
  if (unsent.length > 0 && confirm && !(await confirm(unsent))) return false;
  const owner = await outbox.owner();
  destroy();
  if (owner === null) return true;
  tellErased(owner);
  await (storage ?? indexedDbStorage()).erase(owner);
  return true;
}
