/** Whether these first bytes are UTF-8 text without control characters, and no markup that a browser could run. */
export function isPlainText(head: Uint8Array): boolean {
  if (head.length === 0) return false;
  let content: string;
  try {
    // `stream`: the last character may be cut in half.
    content = new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
  } catch {
    return false;
  }
  // eslint-disable-next-line no-control-regex -- control characters are what it refuses
  if (/[\u0000-\u0008\u000b\u000e-\u001a\u001c-\u001f\u007f]/.test(content)) return false;
  return !/^\s*<[!?a-z]/i.test(content) && !/<(script|svg|html|iframe|object|embed|!doctype|\?xml)\b/i.test(content);
}
