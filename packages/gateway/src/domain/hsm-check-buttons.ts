import { templateLimits, type TemplateComponent } from '@prosa/core/contract';
import { checkLine, refuseVariables, type Note } from './hsm-check-texts.ts';

export type WrittenButton = Extract<TemplateComponent, { readonly type: 'BUTTONS' }>['buttons'][number];

const most: Readonly<Partial<Record<WrittenButton['type'], number>>> = {
  URL: templateLimits.urlButtons,
  PHONE_NUMBER: templateLimits.phoneButtons,
  COPY_CODE: templateLimits.copyCodeButtons,
  FLOW: templateLimits.flowButtons,
};

/** Buttons under a text, of the template or of a card: all but the one of a code. */
export function checkButtons(buttons: readonly WrittenButton[], note: Note): void {
  for (const [type, limit] of Object.entries(most)) {
    if (buttons.filter((button) => button.type === type).length > limit) {
      note('.buttons', `must have at most ${limit} ${type}`);
    }
  }
  // One group: before the others or after them.
  const turns = buttons.filter(({ type }, index) => {
    const before = buttons[index - 1];
    return before !== undefined && (before.type === 'QUICK_REPLY') !== (type === 'QUICK_REPLY');
  });
  if (turns.length > 1) note('.buttons', 'must have its QUICK_REPLY buttons side by side');
  if (new Set(buttons.map(({ text }) => text)).size < buttons.length) note('.buttons', 'must have different texts');
  for (const [index, button] of buttons.entries()) {
    checkButton(button, (field, message) => {
      note(`.buttons.${index}${field}`, message);
    });
  }
}

function checkButton(button: WrittenButton, note: Note): void {
  if (button.type === 'OTP') {
    note('.type', 'OTP is for templates of category AUTHENTICATION');
    return;
  }
  checkLine(button.text, '.text', note);
  refuseVariables(button.text, '.text', note);
  if (button.type === 'URL') checkUrl(button, note);
  if (button.type === 'COPY_CODE' && button.example.trim() === '') note('.example', 'must be a code, as an example');
  if (button.type === 'FLOW' && button.action === 'navigate' && !button.screen) {
    note('.screen', 'is missing: navigate opens a screen');
  }
}

function checkUrl({ url, example }: Extract<WrittenButton, { type: 'URL' }>, note: Note): void {
  const address = url.replace(/\{\{1\}\}$/, '');
  // eslint-disable-next-line no-control-regex -- control characters are what it refuses
  if (!URL.canParse(address) || /[\u0000-\u0020\u007f]/.test(address))
    note('.url', 'must be an address that starts with https://');
  if (/\{\{|\}\}/.test(address)) note('.url', 'may have one variable, {{1}}, at its end');
  else if (address !== url && (example ?? '') === '') note('.example', 'must be the whole address, as an example');
  else if (address !== url && !(example ?? '').startsWith(address)) note('.example', `must begin with ${address}`);
}
