/** What the desk calls a visitor who has not said their name. */
export const unnamedVisitor = 'Visitante';
/** What it calls anybody else of whom no channel told a name. */
export const unnamedContact = 'Contato sem nome';

/** The name that the person gave, or `null`. */
export function givenName(name: string): string | null {
  return name === unnamedVisitor || name === unnamedContact ? null : name;
}
