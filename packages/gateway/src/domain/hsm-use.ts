import type { FieldProblem, TemplateUse } from '@prosa/core/contract';
import type { AttachmentKind } from '../media/kinds.ts';
import {
  buttonKey,
  codeKey,
  componentOf,
  hasNamedVariables,
  needsOf,
  placeholdersOf,
  type StoredButton,
  type StoredComponent,
  type TemplateValues,
} from './hsm.ts';

/** A text for a variable; `name` when the variables of the template have names. */
export interface SentText {
  readonly name: string | null;
  readonly text: string;
}

/** What is given with a message for one part of its template; parts with nothing to give are left out. */
export type SentPart =
  | { readonly part: 'header' | 'body'; readonly texts: readonly SentText[] }
  | { readonly part: 'file'; readonly format: 'IMAGE' | 'VIDEO' | 'DOCUMENT'; readonly attachmentId: string }
  | { readonly part: 'place'; readonly location: NonNullable<TemplateUse['location']> }
  | { readonly part: 'offer'; readonly endsAt: string }
  | {
      readonly part: 'button';
      readonly kind: 'URL' | 'QUICK_REPLY' | 'COPY_CODE';
      readonly index: number;
      readonly text: string;
    }
  | {
      readonly part: 'button';
      readonly kind: 'FLOW';
      readonly index: number;
      /** `null`: the message's own id. */
      readonly token: string | null;
      readonly data: Readonly<Record<string, unknown>> | null;
    }
  | { readonly part: 'cards'; readonly cards: readonly (readonly SentPart[])[] };

/** A file that goes along, and what it may be there. */
export interface TemplateFile {
  readonly id: string;
  /** The field of the request, below the template. */
  readonly field: string;
  readonly kinds: readonly AttachmentKind[];
}

/** The files that come with it, once `useProblems` finds nothing. */
export function templateFiles(components: readonly StoredComponent[], use: TemplateUse): readonly TemplateFile[] {
  const format = componentOf(components, 'HEADER')?.format ?? 'TEXT';
  const cards = componentOf(components, 'CAROUSEL')?.cards ?? [];
  return [
    ...(use.attachmentId === undefined
      ? []
      : [{ id: use.attachmentId, field: 'attachmentId', kinds: [format.toLowerCase() as AttachmentKind] }]),
    ...(use.cardAttachmentIds ?? []).map((id, index) => ({
      id,
      field: `cardAttachmentIds.${index}`,
      kinds: [(cards[index]?.format ?? 'IMAGE').toLowerCase() as AttachmentKind],
    })),
  ];
}

/**
 * What is missing, too much or wrong beside the texts of the variables.
 * @param path where the template is in the request
 * @param now epoch milliseconds
 */
export function useProblems(
  components: readonly StoredComponent[],
  use: TemplateUse,
  path: string,
  now: number,
): readonly FieldProblem[] {
  const needs = needsOf(components);
  const problems: FieldProblem[] = [];
  const note = (field: string, message: string) => problems.push({ path: `${path}.${field}`, message });
  const file = needs.find((need) => need === 'image' || need === 'video' || need === 'document');
  if (file && use.attachmentId === undefined) note('attachmentId', `is missing: the header is of kind ${file}`);
  if (!file && use.attachmentId !== undefined)
    note('attachmentId', 'has no place: the template has no header with a file');
  if (needs.includes('location') !== (use.location !== undefined)) {
    note(
      'location',
      use.location === undefined ? 'is missing: the header is a place' : 'has no place in this template',
    );
  }
  if (needs.includes('offer_end') !== (use.offerEndsAt !== undefined)) {
    note('offerEndsAt', use.offerEndsAt === undefined ? 'is missing' : 'has no place in this template');
  } else if (use.offerEndsAt !== undefined && Date.parse(use.offerEndsAt) <= now) {
    note('offerEndsAt', 'must be in the future');
  }
  const files = componentOf(components, 'CAROUSEL')?.cards.length ?? 0;
  if ((use.cardAttachmentIds?.length ?? 0) !== files) {
    note(
      'cardAttachmentIds',
      files === 0 ? 'has no place in this template' : `must have one file for each of ${files} cards`,
    );
  }
  const buttons = componentOf(components, 'BUTTONS')?.buttons ?? [];
  for (const place of Object.keys(use.payloads ?? {})) {
    if (buttons[Number(place)]?.type !== 'QUICK_REPLY') note(`payloads.${place}`, 'is no QUICK_REPLY of this template');
  }
  for (const place of Object.keys(use.flows ?? {})) {
    if (buttons[Number(place)]?.type !== 'FLOW') note(`flows.${place}`, 'is no FLOW of this template');
  }
  return problems;
}

/** The message in parts, as the channel puts them into its own words. */
export function sentParts(components: readonly StoredComponent[], use: TemplateUse): readonly SentPart[] {
  const values = use.variables ?? {};
  const named = hasNamedVariables(components);
  const header = componentOf(components, 'HEADER');
  const format = header?.format ?? 'TEXT';
  const buttons = componentOf(components, 'BUTTONS')?.buttons ?? [];
  const code = codeKey(components);
  const cards = componentOf(components, 'CAROUSEL')?.cards;
  return [
    ...texts('header', 'header', header?.text ?? '', values, named),
    ...(use.attachmentId !== undefined && (format === 'IMAGE' || format === 'VIDEO' || format === 'DOCUMENT')
      ? [{ part: 'file', format, attachmentId: use.attachmentId } as const]
      : []),
    ...(use.location === undefined ? [] : [{ part: 'place', location: use.location } as const]),
    ...texts('body', 'body', componentOf(components, 'BODY')?.text ?? '', values, named),
    ...(use.offerEndsAt === undefined ? [] : [{ part: 'offer', endsAt: use.offerEndsAt } as const]),
    ...buttons.flatMap((button, index): readonly SentPart[] => {
      // The code stands in the text and in the button (Meta, "Authentication templates").
      if (button.type === 'OTP' && code !== null)
        return [{ part: 'button', kind: 'URL', index, text: values[code] ?? '' }];
      return buttonParts('button', index, button, use, values);
    }),
    ...(cards
      ? [
          {
            part: 'cards' as const,
            cards: cards.map(({ format: kind, text, buttons: ofCard }, card) => [
              { part: 'file', format: kind, attachmentId: use.cardAttachmentIds?.[card] ?? '' } as const,
              ...texts('body', `card.${card}.body`, text ?? '', values, named),
              ...ofCard.flatMap((button, index) =>
                buttonParts(`card.${card}.button`, index, button, { templateId: use.templateId }, values),
              ),
            ]),
          },
        ]
      : []),
  ];
}

function texts(
  part: 'header' | 'body',
  prefix: string,
  text: string,
  values: TemplateValues,
  named: boolean,
): readonly SentPart[] {
  const names = placeholdersOf(text);
  if (names.length === 0) return [];
  return [
    { part, texts: names.map((name) => ({ name: named ? name : null, text: values[`${prefix}.${name}`] ?? '' })) },
  ];
}

function buttonParts(
  prefix: string,
  index: number,
  button: StoredButton,
  { payloads = {}, flows = {} }: TemplateUse,
  values: TemplateValues,
): readonly SentPart[] {
  const place = String(index);
  const key = buttonKey(prefix, index, button);
  switch (button.type) {
    case 'URL':
    case 'COPY_CODE':
      return key === null ? [] : [{ part: 'button', kind: button.type, index, text: values[key] ?? '' }];
    case 'QUICK_REPLY': {
      const payload = payloads[place];
      return payload === undefined ? [] : [{ part: 'button', kind: button.type, index, text: payload }];
    }
    case 'FLOW': {
      const { token = null, data = null } = flows[place] ?? {};
      return [{ part: 'button', kind: button.type, index, token, data }];
    }
    default:
      return [];
  }
}
