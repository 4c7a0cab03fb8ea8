import type { SimulatorContext } from '../context.ts';
import type { JsonObject } from '../json.ts';
import { isObject } from '../json.ts';
import type { BusinessNumber } from '../state/business-number.ts';
import { normalizeAddress } from '../state/number-forms.ts';
import { findCustomer, threadOf } from '../state/state.ts';
import { isWindowOpen } from '../state/thread.ts';
import { requireObjects } from './fields.ts';
import { GraphRefusal } from './refusal.ts';

function key(number: BusinessNumber, waId: string): string {
  return `${number.phoneNumberId}/${waId}`;
}

interface Named {
  readonly input: string;
  readonly waId: string | undefined;
}

function named(context: SimulatorContext, number: BusinessNumber, body: unknown): readonly Named[] {
  const fields = isObject(body) ? body : {};
  if (fields.messaging_product !== 'whatsapp') {
    throw new GraphRefusal(100, { message: '(#100) The parameter messaging_product is required.' });
  }
  return requireObjects(fields, 'block_users').map(({ user }) => {
    const digits = normalizeAddress(String(user), number.displayPhoneNumber.replace(/\D/g, ''));
    return { input: String(user), waId: digits === undefined ? undefined : findCustomer(context.state, digits)?.waId };
  });
}

/** `POST /{phone-number-id}/block_users`: only people who wrote in the last 24 hours can be blocked. */
export function blockUsers(context: SimulatorContext, number: BusinessNumber, body: unknown): JsonObject {
  const now = context.clock.now();
  const users = named(context, number, body);
  const fits = (each: Named): each is Named & { waId: string } =>
    each.waId !== undefined && isWindowOpen(threadOf(context.state, number.phoneNumberId, each.waId), now);
  const added = users.filter(fits);
  const failed = users.filter((each) => !fits(each));
  for (const { waId } of added) context.state.blocked.add(key(number, waId));
  context.persist();
  const answer = {
    messaging_product: 'whatsapp',
    block_users: {
      added_users: added.map(({ input, waId }) => ({ input, wa_id: waId })),
      ...(failed.length === 0
        ? {}
        : {
            failed_users: failed.map(({ input }) => ({
              input,
              errors: [
                {
                  message: 'Re-engagement required',
                  code: 139100,
                  error_data: { details: 'The user has not written in the last 24 hours.' },
                },
              ],
            })),
          }),
    },
  };
  if (failed.length > 0 && added.length === 0) {
    throw new GraphRefusal(139100, { message: '(#139100) Failed to block some users', status: 400 });
  }
  return answer;
}

export function unblockUsers(context: SimulatorContext, number: BusinessNumber, body: unknown): JsonObject {
  const users = named(context, number, body);
  for (const { waId } of users) if (waId !== undefined) context.state.blocked.delete(key(number, waId));
  context.persist();
  const removed = users.filter((each) => each.waId !== undefined);
  return {
    messaging_product: 'whatsapp',
    block_users: { removed_users: removed.map(({ input, waId }) => ({ input, wa_id: waId })) },
  };
}

export function listBlocked(context: SimulatorContext, number: BusinessNumber): JsonObject {
  const own = [...context.state.blocked].filter((each) => each.startsWith(`${number.phoneNumberId}/`));
  return { data: own.map((each) => ({ messaging_product: 'whatsapp', wa_id: each.split('/')[1] })) };
}

/** What a blocked person writes stays on the phone with one tick. */
export function isBlocked(context: SimulatorContext, number: BusinessNumber, waId: string): boolean {
  return context.state.blocked.has(key(number, waId));
}
