import type { ContactCard } from '@prosa/core/contract';

/** The `contacts` list of a message (Meta, "Contacts messages"): a name needs one part beside the whole. */
export function contactCards(content: Readonly<Record<string, unknown>>): readonly object[] {
  const { contacts } = content as { readonly contacts: readonly ContactCard[] };
  return contacts.map(({ name, organization, phones, emails }) => ({
    name: { formatted_name: name, first_name: name },
    ...(organization !== null && { org: { company: organization } }),
    ...(phones.length > 0 && {
      phones: phones.map(({ phone, kind }) => ({ phone, ...(kind !== null && { type: kind }) })),
    }),
    ...(emails.length > 0 && { emails: emails.map((email) => ({ email })) }),
  }));
}
