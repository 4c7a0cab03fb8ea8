/** A piece of a WhatsApp text. Tokens in the order of the text; marks may hold others. */
export type TextToken =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'bold' | 'italic' | 'strike'; readonly children: readonly TextToken[] }
  /** `code` is within a line, `block` is lines of its own; nothing inside is a mark. */
  | { readonly type: 'code' | 'block'; readonly text: string }
  /** `text` is what was written; `href` is safe to put in a link. */
  | { readonly type: 'link'; readonly text: string; readonly href: string };
