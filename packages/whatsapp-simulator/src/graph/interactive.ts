import type { JsonObject } from '../json.ts';
import type { RichContent } from '../state/rich-content.ts';
import type { Draft, LinkedFile, Reading } from './draft.ts';
import { given, requireObject, requireText } from './fields.ts';
import { readCarousel } from './interactive-carousel.ts';
import { readButtons, readFlow, readLink, readList, readRequest } from './interactive-choices.ts';
import type { ActionDraft } from './interactive-choices.ts';
import {
  readAddress,
  readCatalog,
  readOrderDetails,
  readOrderStatus,
  readProduct,
  readProductList,
} from './interactive-commerce.ts';
import { invalidParameter, invalidValue, missingParameter } from './refusal.ts';
import { linkedHeader, readHeader } from './rich-header.ts';

interface Shape {
  readonly headers: readonly string[];
  readonly header?: 'required';
  readonly bodyMax: number;
  readonly body?: 'optional';
  readonly footer: boolean;
  readonly read: (action: JsonObject, reading: Reading) => ActionDraft & Partial<Pick<Draft, 'failure' | 'linked'>>;
}

const anyHeader = ['text', 'image', 'video', 'document'];

const shapes: Readonly<Record<string, Shape>> = {
  button: {
    headers: anyHeader,
    bodyMax: 1024,
    footer: true,
    read: (action) => ({ buttons: readButtons(action, 'reply') }),
  },
  list: { headers: ['text'], bodyMax: 4096, footer: true, read: readList },
  cta_url: { headers: anyHeader, bodyMax: 1024, footer: true, read: (action) => ({ buttons: readLink(action) }) },
  flow: { headers: anyHeader, bodyMax: 1024, footer: true, read: readFlow },
  location_request_message: {
    headers: [],
    bodyMax: 1024,
    footer: false,
    read: (action) => readRequest(action, 'send_location', 'location', 'Enviar localização'),
  },
  request_contact_info: {
    headers: [],
    bodyMax: 1024,
    footer: false,
    read: (action) => readRequest(action, 'request_contact_info', 'contact', 'Compartilhar contato'),
  },
  call_permission_request: {
    headers: [],
    bodyMax: 1024,
    body: 'optional',
    footer: false,
    read: (action) => readRequest(action, 'call_permission_request', 'call', 'Permitir ligações'),
  },
  carousel: {
    headers: [],
    bodyMax: 1024,
    footer: false,
    read: (action, reading) => readCarousel(reading, action),
  },
  product: { headers: [], bodyMax: 1024, body: 'optional', footer: true, read: readProduct },
  product_list: { headers: ['text'], header: 'required', bodyMax: 1024, footer: true, read: readProductList },
  catalog_message: { headers: [], bodyMax: 1024, footer: true, read: readCatalog },
  order_details: { headers: ['image', 'video', 'document'], bodyMax: 1024, footer: true, read: readOrderDetails },
  order_status: { headers: [], bodyMax: 1024, footer: true, read: readOrderStatus },
  address_message: { headers: anyHeader, bodyMax: 1024, footer: true, read: readAddress },
};

function words(parent: JsonObject, key: 'body' | 'footer', max: number): string {
  const name = key === 'body' ? 'Body text' : 'Footer text';
  return requireText(requireObject(parent, key, `interactive['${key}']`), 'text', { max, name });
}

/** `interactive` of a message. Lengths are refused with 131009, missing members with 131008, as Meta does. */
export function readInteractive(reading: Reading, message: JsonObject): Draft {
  const interactive = requireObject(message, 'interactive');
  const { type } = interactive;
  if (type === undefined) throw missingParameter("Parameter 'interactive['type']' is mandatory");
  if (typeof type !== 'string') throw invalidParameter("Param interactive['type'] must be a string.");
  const shape = shapes[type];
  if (!shape) throw invalidValue(`Interactive type '${type}' is not supported.`);

  const header = readHeader(reading, interactive, 'interactive', shape.headers);
  if (shape.header === 'required' && !header.header) {
    throw missingParameter("Parameter 'interactive['header']' is mandatory");
  }
  const body =
    shape.body === 'optional' && interactive.body === undefined ? '' : words(interactive, 'body', shape.bodyMax);
  if (interactive.footer !== undefined && !shape.footer) {
    throw invalidValue(`Footer is not supported for interactive type '${type}'.`);
  }
  const footer = interactive.footer === undefined ? undefined : words(interactive, 'footer', 60);

  const action = requireObject(interactive, 'action', "interactive['action']");
  const { failure, linked = [], buttons = [], ...rest } = shape.read(action, reading);
  const content: RichContent = {
    type: 'interactive',
    kind: type,
    body,
    buttons,
    ...rest,
    ...given('header', header.header),
    ...given('footer', footer),
  };
  const files: readonly LinkedFile[] = [...linkedHeader(header), ...linked];
  return { content, failure: header.failure ?? failure, linked: files };
}
