import { settingsPaths as routes } from '../../contract/paths.ts';
import type { SettingsResource } from '../desk-resources.ts';
import type { Calls } from './calls.ts';

export function createSettings({ call }: Calls): SettingsResource {
  return {
    get: (options) => call(routes.get, options),
    update: (body, options) => call(routes.update, { body, ...options }),
  };
}
