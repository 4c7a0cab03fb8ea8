import { idOf, type Fields } from '../channels/whatsapp/parse/fields.ts';

/** The templates of a business account on Meta's side (Meta, "Template management"): approved as they are submitted, unless a test reviews them. */
export interface PretendTemplates {
  /** `POST /{waba}/message_templates` */
  create(body: Fields): Fields;
  /** `POST /{template}`; `null` when there is none of that id. */
  edit(id: string, body: Fields): Fields | null;
  /** `DELETE /{waba}/message_templates?hsm_id=&name=` */
  remove(query: URLSearchParams): Fields | null;
  /** What the review says from here on, in Meta's words. @returns whether there is such a template */
  review(id: string, status: string, reason: string | null): boolean;
  /** `GET /{waba}/message_templates`, all on one page. */
  list(query: URLSearchParams): Fields;
}

/** @param newId makes an id as Meta's are */
export function pretendTemplates(newId: () => string): PretendTemplates {
  const templates = new Map<string, Fields>();
  return {
    create({ name, language, category, components }) {
      const id = newId();
      const status = 'APPROVED';
      templates.set(id, { id, name, language, category, components, status });
      return { id, status, category };
    },
    edit(id, body) {
      const known = templates.get(id);
      if (!known) return null;
      templates.set(id, { ...known, ...body });
      return { success: true };
    },
    remove(query) {
      return templates.delete(query.get('hsm_id') ?? '') ? { success: true } : null;
    },
    review(id, status, reason) {
      const known = templates.get(id);
      if (known) templates.set(id, { ...known, status, rejected_reason: reason ?? 'NONE' });
      return known !== undefined;
    },
    list(query) {
      const name = query.get('name') ?? '';
      const language = query.get('language');
      const data = [...templates.values()].filter(
        (template) =>
          idOf(template['name'])?.includes(name) && (language === null || template['language'] === language),
      );
      return { data };
    },
  };
}
