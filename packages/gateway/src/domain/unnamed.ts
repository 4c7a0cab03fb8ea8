import { formatPhone } from '@prosa/core/brazil';

/** What the desk calls a visitor who has not said their name. */
export const unnamedVisitor = 'Visitante';
/** What it calls anybody else of whom no channel told a name. */
export const unnamedContact = 'Contato sem nome';

/** The name that the person gave, or `null`: what the desk calls them otherwise is nothing to call them to their face. */
export function givenName(name: string, phone: string | null = null): string | null {
  const isOurs = name === unnamedVisitor || name === unnamedContact || (phone !== null && name === formatPhone(phone));
  return isOurs ? null : name;
}
