import { normalizePhone } from '@prosa/core/brazil';
import type { BodyOf, FieldProblem, Routes } from '@prosa/core/contract';
import { phoneForm, phoneKey } from '../domain/phone-key.ts';
import type { Unit } from '../store/unit.ts';

type Row = BodyOf<Routes['dispatches']['create']>['recipients'][number];

/** Whom a line means: a contact of the channel, a phone, or both. */
export interface Target {
  readonly contactId: string | null;
  /** As `contacts.phone`. */
  readonly phone: string | null;
}

export interface FoundPeople {
  /** In the order of the lines; `null` where `problems` says what is wrong. */
  readonly targets: readonly (Target | null)[];
  readonly problems: readonly FieldProblem[];
}

/** Looks up whom each line means, all at once. A person who is in the list twice is a problem of the second line. */
export async function findPeople(unit: Unit, channelId: string, rows: readonly Row[]): Promise<FoundPeople> {
  const asked = rows.map(({ to }) => to);
  const contacts = await contactsNamed(
    unit,
    asked.flatMap((to) => ('contactId' in to ? [to.contactId] : [])),
  );
  const customers = await customersNamed(
    unit,
    channelId,
    asked.flatMap((to) => ('customerId' in to ? [to.customerId] : [])),
  );
  const problems: FieldProblem[] = [];
  const found = asked.map((to, index): Target | null => {
    const at = `body.recipients.${index}.to`;
    const wrong = (field: string, message: string) => {
      problems.push({ path: `${at}.${field}`, message });
      return null;
    };
    if ('phone' in to) {
      const phone = normalizePhone(to.phone);
      return phone === null ? wrong('phone', phoneForm) : { contactId: null, phone: phoneKey(phone) };
    }
    if ('contactId' in to) {
      const contact = contacts.get(to.contactId);
      if (!contact) return wrong('contactId', 'there is no such contact');
      if (contact.channelId === channelId) return { contactId: to.contactId, phone: contact.phone };
      return contact.phone === null
        ? wrong('contactId', 'has no phone number that WhatsApp could reach')
        : { contactId: null, phone: contact.phone };
    }
    const customer = customers.get(to.customerId);
    if (!customer) return wrong('customerId', 'there is no such customer');
    return customer.target ?? wrong('customerId', 'has no phone number');
  });
  const targets = await withKnownContacts(unit, channelId, found);
  return { targets: unlessTwice(targets, problems), problems };
}

/** Somebody who is named by their phone may be the same as somebody who is named by their id. */
async function withKnownContacts(unit: Unit, channelId: string, found: readonly (Target | null)[]) {
  const phones = found.flatMap((target) => (target?.contactId === null && target.phone !== null ? [target.phone] : []));
  if (phones.length === 0) return found;
  const known = await unit.tx
    .selectFrom('contacts')
    .select(['id', 'phone'])
    .where('channelId', '=', channelId)
    .where('phone', 'in', phones)
    .execute();
  const ids = new Map(known.map(({ id, phone }) => [phone, id]));
  return found.map((target) => target && { ...target, contactId: target.contactId ?? ids.get(target.phone) ?? null });
}

function unlessTwice(targets: readonly (Target | null)[], problems: FieldProblem[]): readonly (Target | null)[] {
  const places = new Map<string, number>();
  return targets.map((target, index) => {
    if (target === null) return null;
    const key = target.contactId ?? target.phone ?? '';
    const first = places.get(key);
    if (first === undefined) {
      places.set(key, index);
      return target;
    }
    problems.push({ path: `body.recipients.${index}.to`, message: `is the same person as recipients.${first}` });
    return null;
  });
}

async function contactsNamed(unit: Unit, ids: readonly string[]) {
  const rows =
    ids.length === 0
      ? []
      : await unit.tx
          .selectFrom('contacts')
          .select(['id', 'channelId', 'phone'])
          .where('workspaceId', '=', unit.workspaceId)
          .where('id', 'in', ids)
          .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/** Where each customer is reached: as the contact of the channel that they wrote as last, or at their phone. */
async function customersNamed(unit: Unit, channelId: string, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, { readonly target: Target | null }>();
  const customers = await unit.tx
    .selectFrom('customers')
    .select(['id', 'phone'])
    .where('workspaceId', '=', unit.workspaceId)
    .where('id', 'in', ids)
    .execute();
  const contacts = await unit.tx
    .selectFrom('contacts')
    .select(['id', 'phone', 'customerId'])
    .where('workspaceId', '=', unit.workspaceId)
    .where('channelId', '=', channelId)
    .where('customerId', 'in', ids)
    .orderBy('updatedAt')
    .execute();
  const byCustomer = new Map(contacts.map(({ id, phone, customerId }) => [customerId, { contactId: id, phone }]));
  return new Map(
    customers.map(({ id, phone }) => {
      const atPhone = phone === null ? null : { contactId: null, phone: phoneKey(phone) };
      return [id, { target: byCustomer.get(id) ?? atPhone }];
    }),
  );
}
