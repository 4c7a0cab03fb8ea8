import type { Profile, ProfileCreate, ProfileUpdate } from '../../contract/index.ts';
import { profilePaths as routes } from '../../contract/paths.ts';
import type { CallOptions, CommandOptions, Deleted, List, PageParams } from '../call-options.ts';
import type { Calls } from './calls.ts';

/** What agents may do: named sets of permissions. A method that takes an id rejects with `not_found`. */
export interface ProfilesResource {
  /** By name. Rejects with `cursor_invalid`. */
  list(params?: PageParams, options?: CallOptions): List<Profile>;
  /** One, with its permissions. */
  get(profileId: string, options?: CallOptions): Promise<Profile>;
  /** A name of up to 50 characters, and permissions as the contract names them. */
  create(profile: ProfileCreate, options?: CommandOptions): Promise<Profile>;
  /** The fields that are given; it holds from the next request of its agents on. */
  update(profileId: string, changes: ProfileUpdate, options?: CommandOptions): Promise<Profile>;
  /**
   * One of your own, not one of a role. Rejects with `in_use` while an agent has it.
   * @example
   * await prosa.profiles.delete(profileId);
   */
  delete(profileId: string, options?: CommandOptions): Promise<Deleted>;
}

export function createProfiles({ methods }: Calls): ProfilesResource {
  const { list, act, say } = methods();
  return {
    list: list(routes.list),
    get: act(routes.get),
    create: say(routes.create),
    update: say(routes.update),
    delete: act(routes.delete),
  };
}
