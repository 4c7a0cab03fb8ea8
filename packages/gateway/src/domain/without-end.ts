/**
 * The text without such characters at its end. `/[…]+$/` would do the same, but try each run of them within the text up
 * to where it stops: the time of that grows with the square of what somebody outside wrote.
 * @param mark matches one character
 */
export function withoutEnd(text: string, mark: RegExp): string {
  let end = text.length;
  while (end > 0 && mark.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}
