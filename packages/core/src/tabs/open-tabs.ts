/** Loaded when a page needs the event stream for the first time. */
import type { FrameSource } from '../stream/frame-source.ts';
import { TabGroup, type TabGroupOptions } from './tab-group.ts';
import { groupName } from './tab-messages.ts';
import { visibleFrames } from './visible-frames.ts';

export interface SharedFrames {
  readonly read: FrameSource;
  leave(): void;
}

export function openTabs({
  owner,
  ...options
}: Omit<TabGroupOptions, 'name' | 'locks'> & { readonly owner: string }): SharedFrames {
  const { locks } = navigator as Partial<Navigator>;
  if (locks && 'BroadcastChannel' in globalThis) return new TabGroup({ ...options, locks, name: groupName(owner) });
  return { read: visibleFrames(options.server, options.clock), leave: () => undefined };
}
