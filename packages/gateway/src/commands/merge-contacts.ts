import type { ContactRow } from '../store/contacts.ts';
import type { Unit } from '../store/unit.ts';

type MutableRow = { -readonly [Column in keyof ContactRow]: ContactRow[Column] };

/**
 * Moves everything of `other` to `kept`, which takes over what it does not know itself; the caller saves it. No
 * conversation is lost: when both had an open one both stay open, what the customer writes next goes to the one that
 * somebody attends, and to the newer one of equals.
 */
export async function absorbContact(unit: Unit, kept: MutableRow, other: ContactRow): Promise<void> {
  const { tx } = unit;
  await tx.updateTable('conversations').set({ contactId: kept.id }).where('contactId', '=', other.id).execute();
  await tx.updateTable('surveyResponses').set({ contactId: kept.id }).where('contactId', '=', other.id).execute();
  await tx.updateTable('dispatchRecipients').set({ contactId: kept.id }).where('contactId', '=', other.id).execute();
  await tx.updateTable('visitorSessions').set({ contactId: kept.id }).where('contactId', '=', other.id).execute();
  await tx.updateTable('attachments').set({ createdBy: kept.id }).where('createdBy', '=', other.id).execute();
  await tx.deleteFrom('contacts').where('id', '=', other.id).execute();
  kept.customerId ??= other.customerId;
  kept.userId ??= other.userId;
  kept.phone ??= other.phone;
  kept.address ??= other.address;
  kept.username ??= other.username;
  kept.bookName ??= other.bookName;
  kept.bookChangedAt ??= other.bookChangedAt;
  if ((other.marketingChangedAt ?? 0) > (kept.marketingChangedAt ?? 0)) {
    kept.marketingAllowed = other.marketingAllowed;
    kept.marketingChangedAt = other.marketingChangedAt;
  }
}
