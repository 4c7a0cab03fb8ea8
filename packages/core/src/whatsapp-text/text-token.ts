/** A piece of a WhatsApp text. Tokens come in the order of the text; marks may hold others. */
export type TextToken =
  | { readonly type: 'text'; readonly text: string }
  | MarkToken<'bold'>
  | MarkToken<'italic'>
  | MarkToken<'strike'>
  /** A line of its own that was written behind `marker`: `> `. */
  | LineToken<'quote'>
  /** A line of its own in a list; `marker` is `- `, `* `, or a number: `1. `. */
  | LineToken<'item'>
  /** Within a line; nothing inside is a mark. */
  | { readonly type: 'code'; readonly text: string }
  /** Lines of their own; nothing inside is a mark. */
  | { readonly type: 'block'; readonly text: string }
  /**
   * `text` is what was written: an address, with or without `https://`, an e-mail address, or a phone. `href` is safe to
   * put in a link.
   */
  | { readonly type: 'link'; readonly text: string; readonly href: string };

interface LineToken<Type> {
  readonly type: Type;
  readonly marker: string;
  readonly children: readonly TextToken[];
}

interface MarkToken<Type> {
  readonly type: Type;
  readonly children: readonly TextToken[];
}
