import type { TemplateComponent } from '@prosa/core/contract';
import type { WrittenButton } from './hsm-check-buttons.ts';
import { checkLine, refuseVariables, type Note } from './hsm-check-texts.ts';

type CodeButton = Extract<WrittenButton, { readonly type: 'OTP' }>;

const metaWrites = 'has no place in a template of category AUTHENTICATION: Meta writes it';

/** A part of a template for a code: Meta gives it its words (Meta, "Authentication templates"). */
export function checkCodePart(component: TemplateComponent, note: Note): void {
  switch (component.type) {
    case 'BODY':
      if (component.text !== undefined) note('.text', metaWrites);
      if (component.examples.length > 0) note('.examples', metaWrites);
      return;
    case 'FOOTER':
      if (component.text !== undefined) note('.text', metaWrites);
      if (component.codeExpirationMinutes === undefined) note('.codeExpirationMinutes', 'is missing');
      return;
    case 'BUTTONS': {
      const [button] = component.buttons;
      if (component.buttons.length !== 1 || button?.type !== 'OTP') note('.buttons', 'must be one OTP');
      else {
        checkCodeButton(button, (field, message) => {
          note(`.buttons.0${field}`, message);
        });
      }
      return;
    }
    case 'HEADER':
    case 'OFFER':
    case 'CAROUSEL':
      note('', 'has no place in a template of category AUTHENTICATION');
  }
}

function checkCodeButton(button: CodeButton, note: Note): void {
  const { otpType = 'COPY_CODE', text, autofillText, apps, acceptsZeroTapTerms } = button;
  for (const [field, words] of [
    ['.text', text],
    ['.autofillText', autofillText],
  ] as const) {
    if (words === undefined) continue;
    checkLine(words, field, note);
    refuseVariables(words, field, note);
  }
  if (otpType === 'COPY_CODE') {
    if (autofillText !== undefined) note('.autofillText', 'has no place on a button that copies the code');
    if (apps !== undefined) note('.apps', 'has no place on a button that copies the code');
  } else if (apps === undefined) note('.apps', `is missing: ${otpType} hands the code over to an app`);
  if (otpType === 'ZERO_TAP' && acceptsZeroTapTerms !== true) {
    note('.acceptsZeroTapTerms', "must be true: Meta's terms for codes without a tap");
  }
  if (otpType !== 'ZERO_TAP' && acceptsZeroTapTerms !== undefined) {
    note('.acceptsZeroTapTerms', 'is for ZERO_TAP');
  }
}
