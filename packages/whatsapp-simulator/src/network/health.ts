import type { SimulatorContext } from '../context.ts';
import type { BusinessNumber, MessagingLimit, NumberHealth } from '../state/business-number.ts';

const limits: readonly MessagingLimit[] = ['TIER_250', 'TIER_2K', 'TIER_10K', 'TIER_100K', 'TIER_UNLIMITED'];

/** The event that Meta names such a change, or undefined when it is none that it tells. */
function eventOf(before: BusinessNumber, after: BusinessNumber): string | undefined {
  const [old, now] = [before, after].map((each) => limits.indexOf(each.limit ?? 'TIER_2K')) as [number, number];
  if (now !== old) return now > old ? 'UPGRADE' : 'DOWNGRADE';
  if (before.quality === after.quality) return undefined;
  if (after.quality === 'RED') return 'FLAGGED';
  return before.quality === 'RED' ? 'UNFLAGGED' : undefined;
}

/** Changes what Meta thinks of a number, and tells the business what Meta would. */
export function changeHealth(context: SimulatorContext, before: BusinessNumber, health: NumberHealth): BusinessNumber {
  const { quality = before.quality, limit = before.limit, status = before.status } = health;
  const after: BusinessNumber = Object.freeze({
    ...before,
    ...(quality === undefined ? {} : { quality }),
    ...(limit === undefined ? {} : { limit }),
    ...(status === undefined ? {} : { status }),
  });
  context.state.numbers.set(after.phoneNumberId, after);
  context.persist();
  const event = eventOf(before, after);
  if (event === undefined) return after;
  const current = after.limit ?? 'TIER_2K';
  const old = before.limit ?? 'TIER_2K';
  context.webhooks.send({
    number: after,
    lane: 'health',
    change: {
      wabaId: after.wabaId,
      field: 'phone_number_quality_update',
      time: Math.floor(context.clock.now() / 1000),
      value: {
        display_phone_number: after.displayPhoneNumber.replace(/\D/g, ''),
        event,
        current_limit: current,
        ...(old === current ? {} : { old_limit: old }),
      },
    },
  });
  return after;
}
