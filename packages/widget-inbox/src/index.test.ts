import { expect, it } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { version } from './version.ts';

it('can be imported where there are no elements', async () => {
  const { ProsaInbox, ProsaCustomerPanel, ProsaProvider } = await import('./index.ts');
  await import('./define.ts');
  expect([ProsaInbox.tagName, ProsaCustomerPanel.tagName, ProsaProvider.tagName]).toEqual([
    'prosa-inbox',
    'prosa-customer-panel',
    'prosa-provider',
  ]);
});

it('knows its own version', () => {
  expect(version).toBe(manifest.version);
});
