import { deadLetterPaths as routes } from '../../contract/paths.ts';
import type { DeadLettersResource } from '../desk-resources.ts';
import type { Calls } from './calls.ts';

export function createDeadLetters({ call, list }: Calls): DeadLettersResource {
  return {
    list: (params, options) => list(routes.list, { ...params }, options),
    redrive: (deadLetterId, options) => call(routes.redrive, { params: { deadLetterId }, ...options }),
  };
}
