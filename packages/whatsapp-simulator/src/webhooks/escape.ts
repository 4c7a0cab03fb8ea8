/**
 * JSON as Meta puts it on the wire: everything outside ASCII as `\uXXXX` (surrogate pairs for the rest of Unicode)
 * and `/` as `\/`. Source: Meta's Graph and Messenger webhook pages, "escaped unicode".
 */
export function escapeJson(value: unknown): string {
  return JSON.stringify(value).replace(/[/\u007f-\uffff]/g, (character) =>
    character === '/' ? '\\/' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
