import { searchPaths as routes } from '../../contract/paths.ts';
import type { SearchResource } from '../desk-resources.ts';
import type { Calls } from './calls.ts';

export function createSearch({ list }: Calls): SearchResource {
  return {
    conversations: (q, params, options) => list(routes.conversations, { q, ...params }, options),
  };
}
