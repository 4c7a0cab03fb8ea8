/** What can be filled in; `null`: nobody knows it. */
export interface PlaceholderValues {
  readonly protocolo: string | null;
  readonly nome: string | null;
  readonly atendente: string | null;
  readonly fila: string | null;
  readonly posicao: number | null;
}

const placeholder = /(,?[^\S\n]+)?\{(protocolo|nome|atendente|fila|posicao)\}/gi;

/**
 * Fills in the placeholders of an automatic message. What nobody knows goes, with the blank and the comma before it:
 * “Olá, {nome}!” becomes “Olá!”. Other words in braces are left as they are.
 */
export function fillPlaceholders(text: string, values: PlaceholderValues): string {
  return text
    .replace(placeholder, (_, before: string | undefined, name: string) => {
      const value = values[name.toLowerCase() as keyof PlaceholderValues];
      return value === null ? '' : `${before ?? ''}${String(value)}`;
    })
    .trim();
}

/** Whether the text asks for it: what costs a query is looked up only then. */
export function hasPlaceholder(text: string, name: keyof PlaceholderValues): boolean {
  return text.toLowerCase().includes(`{${name}}`);
}
