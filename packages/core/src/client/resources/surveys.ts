import { surveyPaths as routes } from '../../contract/paths.ts';
import type { SurveysResource } from '../prosa-client.ts';
import type { Calls } from './calls.ts';

export function createSurveys({ call, list }: Calls): SurveysResource {
  return {
    list: (params, options) => list(routes.list, { ...params }, options),
    get: (surveyId, options) => call(routes.get, { params: { surveyId }, ...options }),
    create: (body, options) => call(routes.create, { body, ...options }),
    update: (surveyId, body, options) => call(routes.update, { params: { surveyId }, body, ...options }),
    send: (conversationId, body, options) => call(routes.send, { params: { conversationId }, body, ...options }),
    responses: (params, options) => list(routes.responses, { ...params }, options),
    results: (params, options) => call(routes.results, { query: { ...params }, ...options }),
  };
}
