/** A person with a phone. */
export interface Customer {
  readonly name: string;
  /** Digits of the WhatsApp address; for Brazil it may be the form without the ninth digit. */
  readonly waId: string;
  readonly username?: string;
  readonly online: boolean;
  /** False: the person switched read receipts off, so no `read` ever comes. */
  readonly readReceipts: boolean;
  /** True: the business sees only the business-scoped user id, never the number. */
  readonly hidesNumber: boolean;
  /** Businesses (by account id) whose marketing the person does not want. */
  readonly stopped?: readonly string[];
}

export function isStopped(person: Customer, { wabaId }: { readonly wabaId: string }): boolean {
  return person.stopped?.includes(wabaId) ?? false;
}

export interface CustomerInput {
  readonly name: string;
  readonly waId: string;
  readonly username?: string | undefined;
  readonly readReceipts?: boolean | undefined;
  readonly hidesNumber?: boolean | undefined;
}

export function customer(input: CustomerInput): Customer {
  return Object.freeze({
    name: input.name,
    waId: input.waId.replace(/\D/g, ''),
    online: true,
    readReceipts: input.readReceipts ?? true,
    hidesNumber: input.hidesNumber ?? false,
    ...(input.username === undefined ? {} : { username: input.username }),
  });
}
