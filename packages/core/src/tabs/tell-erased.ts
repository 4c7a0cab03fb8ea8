import { groupName, type TabMessage } from './tab-messages.ts';

/** Tells the tabs of an agent that they are logged out. */
export function tellErased(owner: string): void {
  if (!('BroadcastChannel' in globalThis)) return;
  const channel = new BroadcastChannel(groupName(owner));
  channel.postMessage({ kind: 'erased' } satisfies TabMessage);
  channel.close();
}
