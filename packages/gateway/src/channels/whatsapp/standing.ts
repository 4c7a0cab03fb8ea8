import type { ChannelHealth } from '@prosa/core/contract';
import type { Standing } from '../../store/standing.ts';
import type { ParsedAccountNews } from './parse/items.ts';
import { fieldsOf, idOf, lineOf, listOf } from './parse/fields.ts';

/**
 * What is known about a number after news from Meta (Meta, "Webhooks": `phone_number_quality_update`,
 * `phone_number_name_update`, `account_update` and the others of the account). The same object when nothing changes:
 * unknown news, or news that are older than what is known.
 */
export function standingAfter(standing: Standing, { field, value, at }: ParsedAccountNews): Standing {
  const told = `${field} ${lineOf(value['event'], 60) ?? ''}`.trim();
  if ((standing.toldAt?.[told] ?? 0) > at) return standing;
  const changes = changesOf(standing, field, value, at);
  if (changes === null) return standing;
  return { ...standing, ...changes, toldAt: { ...standing.toldAt, [told]: at } };
}

/** What a number says of itself when it is asked (`GET /{phone-number-id}`). */
export function standingAsked(standing: Standing, number: Readonly<Record<string, unknown>>): Standing {
  const limit = limitOf(number['whatsapp_business_manager_messaging_limit'] ?? number['messaging_limit_tier']);
  const displayPhoneNumber = lineOf(number['display_phone_number'], 40);
  const quality = qualities.get(number['quality_rating']);
  const throughput = lineOf(fieldsOf(number['throughput'])['level'], 40)?.toUpperCase();
  return {
    ...standing,
    ...((throughput === 'HIGH' || throughput === 'STANDARD') && { upgraded: throughput === 'HIGH' }),
    ...(quality !== undefined && { quality }),
    ...(limit !== null && { messagingLimit: limit }),
    ...(displayPhoneNumber !== null && { displayPhoneNumber }),
  };
}

/** The number that news are about, digits; `null`: the whole account. */
export function numberNamed({ value }: ParsedAccountNews): string | null {
  const digits = (idOf(value['display_phone_number'] ?? value['phone_number']) ?? '').replace(/\D/g, '');
  return digits === '' ? null : digits;
}

const qualities: ReadonlyMap<unknown, ChannelHealth['quality']> = new Map([
  ['GREEN', 'high'],
  ['YELLOW', 'medium'],
  ['RED', 'low'],
  ['UNKNOWN', null],
]);

type Value = ParsedAccountNews['value'];

function changesOf(standing: Standing, field: string, value: Value, at: number): Partial<Standing> | null {
  switch (field) {
    case 'phone_number_quality_update':
      return qualityChanges(value, at);
    case 'business_capability_update':
      return limitChanges(value);
    case 'phone_number_name_update': {
      const decision = lineOf(value['decision'], 40)?.toLowerCase();
      if (decision === undefined) return null;
      const reason = lineOf(value['rejection_reason'], 200);
      return { name: { decision, requested: lineOf(value['requested_verified_name'], 200), reason } };
    }
    case 'account_update':
      return accountChanges(standing, value, at);
    case 'account_review_update': {
      const decision = lineOf(value['decision'], 40);
      return decision === null ? null : { alert: { type: `ACCOUNT_REVIEW_${decision}`, text: null, at } };
    }
    case 'account_alerts': {
      const info = fieldsOf(value['alert_info'] ?? value);
      const type = lineOf(info['alert_type'], 100);
      return type === null ? null : { alert: { type, text: lineOf(info['alert_description'], 500), at } };
    }
    case 'security': {
      const type = lineOf(value['event'], 100);
      return type === null ? null : { alert: { type, text: null, at } };
    }
    default:
      return null;
  }
}

/** Flags came with the quality until 2025; now only the limit does, and the quality is asked for. */
function qualityChanges(value: Value, at: number): Partial<Standing> | null {
  const event = value['event'];
  const limit = limitChanges(value);
  const limits = [value['old_limit'], value['current_limit']].map((each) => lineOf(each, 40));
  const text = limits.filter((each) => each !== null).join(' → ');
  const alert = { type: `NUMBER_${String(event)}`, text: text === '' ? null : text, at };
  if (event === 'FLAGGED') return { ...limit, quality: 'low', alert };
  if (event === 'DOWNGRADE') return { ...limit, alert };
  if (event === 'UNFLAGGED') return { ...limit, quality: null };
  if (event === 'THROUGHPUT_UPGRADE') return { ...limit, upgraded: true };
  return limit;
}

function limitChanges(value: Value): Partial<Standing> | null {
  const given =
    value['max_daily_conversations_per_business'] ??
    value['max_daily_conversation_per_phone'] ??
    value['current_limit'];
  const messagingLimit = limitOf(given);
  return messagingLimit === null ? null : { messagingLimit };
}

/** `TIER_2K`, `TIER_UNLIMITED`, 2000; -1 is Meta's unlimited. `null`: not set, or none of these. */
function limitOf(given: unknown): number | 'unlimited' | null {
  if (given === -1 || given === 'TIER_UNLIMITED') return 'unlimited';
  if (typeof given === 'number') return Number.isSafeInteger(given) && given > 0 ? given : null;
  const match = typeof given === 'string' ? /^(?:TIER_)?(\d{1,6})(K?)$/.exec(given) : null;
  return match ? Number(match[1]) * (match[2] === 'K' ? 1000 : 1) : null;
}

function accountChanges({ restrictions = {} }: Standing, value: Value, at: number): Partial<Standing> | null {
  const event = value['event'];
  switch (event) {
    case 'ACCOUNT_RESTRICTION': {
      const told = listOf(value['restriction_info']).flatMap((each) => {
        const { restriction_type: type, expiration } = fieldsOf(each);
        const name = lineOf(type, 100);
        const until = Number(expiration);
        // Seconds; a time that no calendar has is none.
        return name === null ? [] : [[name, { until: until > 0 && until < 1e11 ? until * 1000 : null }] as const];
      });
      const running = Object.entries(restrictions).filter(([, { until }]) => until === null || until > at);
      return told.length === 0 ? null : { restrictions: Object.fromEntries([...running, ...told].slice(-20)) };
    }
    case 'DISABLED_UPDATE': {
      const info = fieldsOf(value['ban_info']);
      // Also as a list of one.
      const [given, ...others] = [info['waba_ban_state']].flat();
      const state = others.length === 0 ? lineOf(given, 100) : null;
      if (state === 'REINSTATE') return { restrictions: {}, alert: { type: state, text: null, at } };
      if (state === null) return null;
      const alert = { type: state, text: lineOf(info['waba_ban_date'], 100), at };
      return { alert, ...(state === 'DISABLE' && { restrictions: { ...restrictions, [state]: { until: null } } }) };
    }
    case 'ACCOUNT_VIOLATION': {
      const text = lineOf(fieldsOf(value['violation_info'])['violation_type'], 200);
      return { alert: { type: event, text, at } };
    }
    case 'ACCOUNT_DELETED':
    case 'ACCOUNT_OFFBOARDED':
    case 'ACCOUNT_RECONNECTED':
    case 'PARTNER_REMOVED':
    case 'PARTNER_APP_UNINSTALLED':
      return { alert: { type: event, text: null, at } };
    default:
      return null;
  }
}
