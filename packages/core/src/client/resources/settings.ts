import type { Settings, SettingsUpdate } from '../../contract/index.ts';
import { settingsPaths as routes } from '../../contract/paths.ts';
import type { CallOptions, CommandOptions } from '../call-options.ts';
import type { Calls } from './calls.ts';

/** How the workspace works. */
export interface SettingsResource {
  /** All of them; every caller of the workspace may read them. */
  get(options?: CallOptions): Promise<Settings>;
  /**
   * The settings that are given. For API keys and for agents whose profile has it.
   * @example
   * const { pauseReasons } = await prosa.settings.get();
   * await prosa.settings.update({ pauseReasons: [...pauseReasons, 'Treinamento'] });
   */
  update(changes: SettingsUpdate, options?: CommandOptions): Promise<Settings>;
}

export function createSettings({ methods }: Calls): SettingsResource {
  const { act, say } = methods();
  return {
    get: act(routes.get),
    update: say(routes.update),
  };
}
