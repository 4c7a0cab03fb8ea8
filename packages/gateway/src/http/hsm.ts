import { createTemplate, deleteTemplate, syncTemplates, updateTemplate } from '../commands/save-template.ts';
import { getTemplateRow, listTemplates, templateOf } from '../store/message-templates.ts';
import type { Handlers } from './handlers.ts';

export const hsmHandlers: Handlers['hsm'] = {
  list: ({ db, principal }, { query }) => listTemplates(db, principal.workspaceId, query, query),
  get: async ({ db, principal }, { params }) =>
    templateOf(await getTemplateRow(db, principal.workspaceId, params.templateId)),
  create: (unit, _principal, { body }) => createTemplate(unit, body),
  update: (unit, _principal, { params, body }) => updateTemplate(unit, params.templateId, body),
  delete: (unit, _principal, { params }) => deleteTemplate(unit, params.templateId),
  sync: (unit, _principal, { body }) => syncTemplates(unit, body.channelId),
};
