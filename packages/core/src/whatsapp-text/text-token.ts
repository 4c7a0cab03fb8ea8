/** A piece of a WhatsApp text. Tokens come in the order of the text; marks may hold others. */
export type TextToken =
  | { readonly type: 'text'; readonly text: string }
  | MarkToken<'bold'>
  | MarkToken<'italic'>
  | MarkToken<'strike'>
  /** Within a line; nothing inside is a mark. */
  | { readonly type: 'code'; readonly text: string }
  /** Lines of their own; nothing inside is a mark. */
  | { readonly type: 'block'; readonly text: string }
  /** `text` is what was written; `href` is safe to put in a link. */
  | { readonly type: 'link'; readonly text: string; readonly href: string };

interface MarkToken<Type> {
  readonly type: Type;
  readonly children: readonly TextToken[];
}
