import { expect, it } from 'vitest';
import { version as portable } from '../version.ts';
import { version } from './version.ts';

it('says the same version as the package, also where no file can be read', () => {
  expect(portable).toBe(version);
});
