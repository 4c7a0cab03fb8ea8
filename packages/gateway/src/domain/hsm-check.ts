import { templateLimits, type FieldProblem, type TemplateCategory, type TemplateComponent } from '@prosa/core/contract';
import { checkButtons } from './hsm-check-buttons.ts';
import { checkCodePart } from './hsm-check-code.ts';
import { checkBody, checkLine, checkVariables, refuseVariables, type Note } from './hsm-check-texts.ts';
import { placeholdersOf } from './hsm.ts';

type Component<Type extends TemplateComponent['type']> = Extract<TemplateComponent, { readonly type: Type }>;
type Card = Component<'CAROUSEL'>['cards'][number];

/** What is looked at with the whole template around it. */
interface Whole {
  readonly category: TemplateCategory;
  readonly components: readonly TemplateComponent[];
}

/**
 * What Meta would refuse in a template (Meta, "Template components" and "Template review"), as far as it can be known
 * beforehand: lengths are the contract's, the words are Meta's to judge.
 * @param path where the components are in the request
 */
export function componentProblems(
  category: TemplateCategory,
  components: readonly TemplateComponent[],
  path: string,
): readonly FieldProblem[] {
  const problems: FieldProblem[] = [];
  const types = new Set<string>(components.map(({ type }) => type));
  const seen = new Set<string>();
  const isCode = category === 'AUTHENTICATION';
  if (!types.has('BODY')) problems.push({ path, message: 'must have a BODY' });
  if (isCode && !types.has('BUTTONS')) problems.push({ path, message: 'must have BUTTONS, with one OTP' });
  for (const [index, component] of components.entries()) {
    const note: Note = (field, message) => problems.push({ path: `${path}.${index}${field}`, message });
    if (seen.has(component.type)) note('', `must be the only ${component.type}`);
    seen.add(component.type);
    if (isCode) checkCodePart(component, note);
    else check(component, { category, components }, note);
  }
  const styles = new Set(components.flatMap(stylesOf));
  if (styles.size > 1) problems.push({ path, message: 'must have numbers in all variables, or names in all' });
  return problems;
}

function check(component: TemplateComponent, whole: Whole, note: Note): void {
  switch (component.type) {
    case 'HEADER':
      checkHeader(component, note);
      return;
    case 'BODY': {
      const { text, examples, securityRecommendation } = component;
      if (securityRecommendation !== undefined) note('.securityRecommendation', 'is for AUTHENTICATION');
      if (text === undefined) note('.text', 'is missing');
      else checkBody({ text, examples }, note);
      return;
    }
    case 'FOOTER':
      if (component.codeExpirationMinutes !== undefined) note('.codeExpirationMinutes', 'is for AUTHENTICATION');
      if (component.text === undefined) note('.text', 'is missing');
      else {
        checkLine(component.text, '.text', note);
        refuseVariables(component.text, '.text', note);
      }
      return;
    case 'BUTTONS':
      checkButtons(component.buttons, note);
      return;
    case 'OFFER':
      checkOffer(component, whole, note);
      return;
    case 'CAROUSEL':
      checkCarousel(component, whole, note);
  }
}

function checkHeader({ format, text, examples, attachmentId }: Component<'HEADER'>, note: Note): void {
  const withFile = format !== 'TEXT' && format !== 'LOCATION';
  if (format === 'TEXT' && text === undefined) note('.text', 'is missing');
  if (format !== 'TEXT' && text !== undefined) note('.text', `has no place in a header of format ${format}`);
  if (format !== 'TEXT' && examples.length > 0) note('.examples', `have no place in a header of format ${format}`);
  if (withFile && attachmentId === undefined) note('.attachmentId', 'is missing: Meta judges it with an example');
  if (!withFile && attachmentId !== undefined) {
    note('.attachmentId', `has no place in a header of format ${format}`);
  }
  if (format !== 'TEXT' || text === undefined) return;
  checkLine(text, '.text', note);
  if (/([*_~`])\S(.*\S)?\1/.test(text)) note('.text', 'must not have bold, italics or other marks');
  if (/\p{Extended_Pictographic}/u.test(text)) note('.text', 'must not have emojis');
  checkVariables({ text, examples }, note, 1);
}

/** Meta, "Limited-time offer templates". */
function checkOffer({ text }: Component<'OFFER'>, { category, components }: Whole, note: Note): void {
  if (category !== 'MARKETING') note('', 'is for templates of category MARKETING');
  checkLine(text, '.text', note);
  refuseVariables(text, '.text', note);
  for (const other of components) {
    if (other.type === 'FOOTER') note('', 'has no place in a template with a FOOTER');
    if (other.type === 'HEADER' && other.format !== 'IMAGE' && other.format !== 'VIDEO') {
      note('', 'takes no header but an IMAGE or a VIDEO');
    }
    if (other.type === 'BODY' && lengthOf(other.text) > templateLimits.offerBody) {
      note('', `takes a body of at most ${templateLimits.offerBody} characters`);
    }
    if (other.type !== 'BUTTONS') continue;
    if (
      other.buttons.some((button) => button.type === 'COPY_CODE' && lengthOf(button.example) > templateLimits.offerCode)
    )
      note('', `takes a code of at most ${templateLimits.offerCode} characters`);
  }
}

const onCards: readonly string[] = ['QUICK_REPLY', 'URL', 'PHONE_NUMBER'];

/** Meta, "Media card carousel templates": a text above, and cards that are all made alike. */
function checkCarousel({ cards }: Component<'CAROUSEL'>, { category, components }: Whole, note: Note): void {
  if (category !== 'MARKETING') note('', 'is for templates of category MARKETING');
  const beside = components.filter(({ type }) => type !== 'BODY' && type !== 'CAROUSEL');
  if (beside.length > 0) note('', `has no place beside ${beside.map(({ type }) => type).join(', ')}`);
  if (new Set(cards.map(shapeOf)).size > 1) {
    note('.cards', 'must be made alike: the same format, a text on all or on none, the same kinds of buttons');
  }
  for (const [index, { text, examples, buttons }] of cards.entries()) {
    const noteCard: Note = (field, message) => {
      note(`.cards.${index}${field}`, message);
    };
    if (text !== null) checkBody({ text, examples }, noteCard);
    else if (examples.length > 0) noteCard('.examples', 'have no place on a card without a text');
    checkButtons(buttons, noteCard);
    for (const [place, { type }] of buttons.entries()) {
      if (!onCards.includes(type)) noteCard(`.buttons.${place}.type`, `must be one of ${onCards.join(', ')}`);
    }
  }
}

function shapeOf({ format, text, buttons }: Card): string {
  return [format, text !== null, ...buttons.map(({ type }) => type)].join(' ');
}

/** Meta takes one format of parameters for a template. */
function stylesOf(component: TemplateComponent): string[] {
  return textsOf(component)
    .flatMap(placeholdersOf)
    .map((name) => (/^\d/.test(name) ? 'numbers' : 'names'));
}

function textsOf(component: TemplateComponent): readonly string[] {
  if (component.type === 'CAROUSEL') return component.cards.map(({ text }) => text ?? '');
  return component.type === 'HEADER' || component.type === 'BODY' ? [component.text ?? ''] : [];
}

/** In characters as people count them. */
function lengthOf(text = ''): number {
  return Array.from(text).length;
}
