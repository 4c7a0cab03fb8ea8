/** Random bytes as text for URLs and headers: base64url without padding. */
export function randomText(bytes: number): string {
  const random = crypto.getRandomValues(new Uint8Array(bytes));
  return btoa(String.fromCharCode(...random)).replace(/[+/=]/g, (c) => ({ '+': '-', '/': '_' })[c] ?? '');
}
