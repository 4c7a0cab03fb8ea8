import { createTemplate, deleteTemplate, syncTemplates, updateTemplate } from '../commands/save-template.ts';
import { getTemplateRow, listTemplates, templateOf } from '../store/message-templates.ts';
import type { Handlers } from './handlers.ts';

export const hsmHandlers: Handlers['hsm'] = {
  list: ({ db, principal }, { query }) => listTemplates(db, principal.workspaceId, query, query),
  get: async ({ db, principal }, { params }) =>
    templateOf(await getTemplateRow(db, principal.workspaceId, params.templateId)),
  create: (unit, principal, { body }) => createTemplate(unit, principal, body),
  update: (unit, principal, { params, body }) => updateTemplate(unit, principal, params.templateId, body),
  delete: (unit, principal, { params }) => deleteTemplate(unit, principal, params.templateId),
  sync: (unit, principal, { body }) => syncTemplates(unit, principal, body.channelId),
};
