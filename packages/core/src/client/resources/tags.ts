import type { Tag, TagCreate, TagUpdate } from '../../contract/index.ts';
import { tagPaths as routes } from '../../contract/paths.ts';
import type { CallOptions, CommandOptions, Deleted, List, PageParams } from '../call-options.ts';
import type { Calls } from './calls.ts';

/** What conversations are about, as the team sorts them. A method that takes an id rejects with `not_found`. */
export interface TagsResource {
  /** By name; with `queueId` those that its conversations may have. Rejects with `cursor_invalid`. */
  list(params?: PageParams & { readonly queueId?: string | undefined }, options?: CallOptions): List<Tag>;
  /**
   * Without `queueIds` conversations of any queue may have it. Rejects with `name_taken`.
   * @example
   * const { id } = await prosa.tags.create({ name: 'Troca', queueIds: [queueId] });
   */
  create(tag: TagCreate, options?: CommandOptions): Promise<Tag>;
  /** Conversations that have it keep it. Rejects with `name_taken`. */
  update(tagId: string, changes: TagUpdate, options?: CommandOptions): Promise<Tag>;
  /** From the conversations that have it, too. */
  delete(tagId: string, options?: CommandOptions): Promise<Deleted>;
}

export function createTags({ methods }: Calls): TagsResource {
  const { list, act, say } = methods();
  return {
    list: list(routes.list),
    create: say(routes.create),
    update: say(routes.update),
    delete: act(routes.delete),
  };
}
