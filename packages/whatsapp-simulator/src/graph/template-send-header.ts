import type { JsonObject } from '../json.ts';
import type { MediaKind } from '../state/message.ts';
import type { Template, TemplateComponent } from '../state/template.ts';
import { locationOf } from './content.ts';
import type { Reading } from './draft.ts';
import { requireObject, requireText } from './fields.ts';
import { productOf } from './interactive-commerce.ts';
import { GraphRefusal } from './refusal.ts';
import { readFileHeader } from './rich-header.ts';
import type { HeaderDraft } from './rich-header.ts';
import { hydrate, parametersOf } from './template-parameters.ts';

/** The header of a template, or of one of its cards, with what was sent for it. */
export function readTemplateHeader(
  reading: Reading,
  template: Template,
  header: Extract<TemplateComponent, { readonly type: 'HEADER' }> | undefined,
  sent: JsonObject | undefined,
): HeaderDraft {
  const parameters = parametersOf(sent);
  if (!header) {
    if (parameters.length > 0) throw new GraphRefusal(132018, { details: 'header: the template has no header' });
    return {};
  }
  if (header.format === 'TEXT') {
    return { header: { type: 'text', text: hydrate(template, 'header', header.text ?? '', parameters) } };
  }
  const [parameter] = parameters;
  const kind = header.format.toLowerCase();
  if (parameter?.type !== kind) {
    const received = parameter ? String(parameter.type).toUpperCase() : 'UNKNOWN';
    throw new GraphRefusal(132012, {
      details: `header: Format mismatch, expected ${header.format}, received ${received}`,
    });
  }
  const value = requireObject(parameter, kind);
  if (header.format === 'LOCATION') return { header: locationOf(value) };
  if (header.format === 'PRODUCT') {
    requireText(value, 'catalog_id', { max: 100, name: 'catalog_id' });
    return { header: { type: 'product', product: productOf(value) } };
  }
  return readFileHeader(reading, kind as MediaKind, value);
}
