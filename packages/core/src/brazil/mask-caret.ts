/** What goes back into the field. */
export interface MaskedInput {
  readonly value: string;
  /** Where the caret belongs, in UTF-16 units: behind as many written characters as before. */
  readonly caret: number;
}

/**
 * Masks what stands in a field and says where its caret goes, so that typing, pasting and deleting in the middle do not
 * throw it to the end.
 *
 * @param mask one of the `mask…Input` functions
 * @param caret `selectionStart`, after the key
 * @example
 * const { value, caret } = maskWithCaret(maskCpfInput, input.value, input.selectionStart ?? 0);
 * input.value = value;
 * input.setSelectionRange(caret, caret);
 */
export function maskWithCaret(mask: (typed: string) => string, typed: string, caret: number): MaskedInput {
  const value = mask(typed);
  // What the mask leaves out, a second letter in a number for instance, is not counted.
  let wanted = written(mask(typed.slice(0, caret))).length;
  let at = 0;
  while (at < value.length && wanted > 0) if (written(value.charAt(at++)) !== '') wanted--;
  return { value, caret: at };
}

/** Without what masks put in. `+` is typed by people. */
function written(text: string): string {
  return text.replace(/[^\p{L}\p{N}+]/gu, '');
}
