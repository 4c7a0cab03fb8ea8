import type { InteractiveSend } from '@prosa/core/contract';
import type { AttachmentRow, Outbound } from '../channel.ts';
import type { MediaIds, Said } from './message-body.ts';

type Json = Readonly<Record<string, unknown>>;
type Places = Pick<Outbound, 'message' | 'attachment' | 'files'>;

/**
 * The `interactive` object of a message that was asked for (Meta, "Interactive messages"). Its lengths were looked at
 * when it came.
 */
export function interactiveRequest(
  question: InteractiveSend,
  { message, attachment, files }: Places,
  mediaIds: MediaIds,
): Said {
  const fileHeader = (file: AttachmentRow | undefined | null): Json | null => {
    const id = file && mediaIds.get(file.id);
    if (!file || id === undefined || id === null) return null;
    const named = file.kind === 'document' && { filename: file.fileName };
    return { type: file.kind, [file.kind]: { id, ...named } };
  };
  if (question.kind === 'carousel') {
    const headers = question.cards.map(({ attachmentId }) => fileHeader(files.find(({ id }) => id === attachmentId)));
    if (headers.some((header) => header === null)) return noFile;
    const cards = question.cards.map(({ text, label, url }, index) => ({
      card_index: index,
      type: 'cta_url',
      header: headers[index],
      ...bodyOf(text),
      action: linkAction(label, url),
    }));
    return { body: { type: 'carousel', ...bodyOf(question.text), action: { cards } } };
  }
  const wantsFile = 'attachmentId' in question && question.attachmentId !== undefined;
  const header = wantsFile ? fileHeader(attachment) : textHeader('header' in question ? question.header : null);
  if (wantsFile && header === null) return noFile;
  const footer = 'footer' in question && isText(question.footer) ? { footer: { text: question.footer } } : {};
  const { type, action } = typed(question, message.id);
  return { body: { type, ...(header && { header }), ...bodyOf(question.text), ...footer, action } };
}

const noFile = { code: 'no_file', detail: 'the message has no file' } as const;

/** Meta's name of the kind, and its `action`. */
function typed(
  question: Exclude<InteractiveSend, { readonly kind: 'carousel' }>,
  messageId: string,
): { readonly type: string; readonly action: Json } {
  switch (question.kind) {
    case 'buttons': {
      const buttons = question.buttons.map(({ id, title }) => ({ type: 'reply', reply: { id, title } }));
      return { type: 'button', action: { buttons } };
    }
    case 'list':
      return { type: 'list', action: { button: question.label, sections: sectionsOf(question) } };
    case 'link':
      return { type: 'cta_url', action: linkAction(question.label, question.url) };
    case 'flow':
      return { type: 'flow', action: { name: 'flow', parameters: flowParameters(question, messageId) } };
    case 'location_request':
      return { type: 'location_request_message', action: { name: 'send_location' } };
    case 'contact_request':
      return { type: 'request_contact_info', action: { name: 'request_contact_info' } };
    case 'call_permission':
      return { type: 'call_permission_request', action: { name: 'call_permission_request' } };
    case 'product': {
      const { catalogId, productId } = question;
      return { type: 'product', action: { catalog_id: catalogId, product_retailer_id: productId } };
    }
    case 'product_list': {
      const sections = question.sections.map(({ title, productIds }) => ({
        title,
        product_items: productIds.map((id) => ({ product_retailer_id: id })),
      }));
      return { type: 'product_list', action: { catalog_id: question.catalogId, sections } };
    }
    case 'catalog': {
      const { thumbnailProductId: id } = question;
      const parameters = id !== undefined && { parameters: { thumbnail_product_retailer_id: id } };
      return { type: 'catalog_message', action: { name: 'catalog_message', ...parameters } };
    }
    case 'address': {
      const { country, values } = question;
      const parameters = { country, ...(values && { values }) };
      return { type: 'address_message', action: { name: 'address_message', parameters } };
    }
    case 'order_details':
      return { type: 'order_details', action: { name: 'review_and_pay', parameters: question.parameters } };
    case 'order_status':
      return { type: 'order_status', action: { name: 'review_order', parameters: question.parameters } };
  }
}

function sectionsOf({ sections }: Extract<InteractiveSend, { readonly kind: 'list' }>): readonly Json[] {
  return sections.map(({ title, rows }) => ({
    ...(isText(title) && { title }),
    rows: rows.map(({ id, title: name, description }) => ({
      id,
      title: name,
      ...(isText(description) && { description }),
    })),
  }));
}

/** Without a token of its own a form comes back under the id of the message that asked for it. */
function flowParameters(flow: Extract<InteractiveSend, { readonly kind: 'flow' }>, messageId: string): Json {
  const { flowId, flowToken = messageId, label, mode, action, screen, data } = flow;
  const payload = { ...(screen !== undefined && { screen }), ...(data && { data }) };
  return {
    flow_message_version: '3',
    flow_id: flowId,
    flow_token: flowToken,
    flow_cta: label,
    ...(mode && { mode }),
    ...(action && { flow_action: action }),
    ...(Object.keys(payload).length > 0 && { flow_action_payload: payload }),
  };
}

function linkAction(label: string, url: string): Json {
  return { name: 'cta_url', parameters: { display_text: label, url } };
}

function textHeader(text: string | null | undefined): Json | null {
  return isText(text) ? { type: 'text', text } : null;
}

function bodyOf(text: string | null | undefined): { readonly body?: Json } {
  return isText(text) ? { body: { text } } : {};
}

function isText(value: string | null | undefined): value is string {
  return typeof value === 'string' && value !== '';
}
