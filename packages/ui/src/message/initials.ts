/** First and last initial, or `null` for a name without letters, such as a phone number. */
export function initials(name: string): string | null {
  const words = name.split(/\s+/).filter((word) => /^\p{L}/u.test(word));
  const first = words[0];
  if (!first) return null;
  const last = words.length > 1 ? words.at(-1) : undefined;
  return (letter(first) + (last ? letter(last) : '')).toUpperCase();
}

function letter(word: string): string {
  return Array.from(word)[0] ?? '';
}
