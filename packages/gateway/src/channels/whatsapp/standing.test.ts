import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Standing } from '../../store/standing.ts';
import { messagesPerSecondOf } from './limits.ts';
import { numberNamed, standingAfter, standingAsked } from './standing.ts';

const whatsAppConfig = {
  phoneNumberId: '109',
  businessAccountId: '108',
  accessToken: 'token',
  appSecrets: [],
  verifyToken: 'word',
  baseUrl: 'https://graph.facebook.com',
  graphVersion: 'v25.0',
};
const at = 1_800_000_000_000;
const news = (field: string, value: object, when = at) => ({
  field,
  value: value as Record<string, unknown>,
  at: when,
});
const after = (...all: readonly (readonly [string, object])[]) =>
  all.reduce<Standing>((standing, [field, value]) => standingAfter(standing, news(field, value)), {});

describe('the standing of a number', () => {
  it('stays what it is when news are unknown, empty or older than what is known', () => {
    const known = after(['phone_number_quality_update', { event: 'UPGRADE', current_limit: 'TIER_10K' }]);
    for (const each of [
      news('flows', { event: 'x' }),
      news('phone_number_quality_update', { event: 'ONBOARDING', current_limit: 'TIER_NOT_SET' }),
      news('phone_number_quality_update', { event: 'UPGRADE', current_limit: 'TIER_250' }, at - 1),
      news('phone_number_name_update', {}),
      news('account_update', { event: 'PARTNER_ADDED' }),
      news('account_update', { event: 'ACCOUNT_RESTRICTION', restriction_info: 'soon' }),
    ]) {
      expect(standingAfter(known, each)).toBe(known);
    }
  });

  it('is never broken by what Meta may come to say', () => {
    const fields = [
      'phone_number_quality_update',
      'phone_number_name_update',
      'account_update',
      'account_alerts',
      'account_review_update',
      'business_capability_update',
      'security',
    ];
    const events = ['FLAGGED', 'ACCOUNT_RESTRICTION', 'DISABLED_UPDATE', 'ACCOUNT_VIOLATION'];
    const names = ['restriction_info', 'ban_info', 'violation_info', 'alert_info', 'decision', 'current_limit'];
    const value = fc.dictionary(fc.constantFrom(...names), fc.jsonValue());
    fc.assert(
      fc.property(fc.constantFrom(...fields), fc.constantFrom(...events), value, (field, event, more) => {
        const standing = standingAfter({}, news(field, { event, ...more }));
        expect(JSON.parse(JSON.stringify(standing))).toEqual(standing);
        for (const { until } of Object.values(standing.restrictions ?? {})) {
          if (until !== null) expect(() => new Date(until).toISOString()).not.toThrow();
        }
        expect(numberNamed(news(field, more)) ?? '').toMatch(/^\d*$/);
      }),
    );
  });

  it.each([
    ['TIER_250', 250],
    ['TIER_2K', 2000],
    ['TIER_100K', 100_000],
    ['TIER_UNLIMITED', 'unlimited'],
    [2000, 2000],
    [-1, 'unlimited'],
  ])('knows the limit %s', (given, limit) => {
    expect(after(['business_capability_update', { max_daily_conversations_per_business: given }])).toMatchObject({
      messagingLimit: limit,
    });
  });

  it('knows flags, and asks when they are gone', () => {
    const flagged = after(['phone_number_quality_update', { event: 'FLAGGED', current_limit: 'TIER_2K' }]);
    expect(flagged).toMatchObject({ quality: 'low', messagingLimit: 2000, alert: { type: 'NUMBER_FLAGGED', at } });
    const lower = { event: 'DOWNGRADE', old_limit: 'TIER_10K', current_limit: 'TIER_2K' };
    expect(after(['phone_number_quality_update', lower])).toMatchObject({
      messagingLimit: 2000,
      alert: { type: 'NUMBER_DOWNGRADE', text: 'TIER_10K → TIER_2K' },
    });
    const free = standingAfter(flagged, news('phone_number_quality_update', { event: 'UNFLAGGED' }));
    expect(free.quality).toBeNull();
    expect(standingAsked(free, { quality_rating: 'YELLOW', display_phone_number: '+55 83 3000-1000' })).toMatchObject({
      quality: 'medium',
      messagingLimit: 2000,
      displayPhoneNumber: '+55 83 3000-1000',
    });
    expect(standingAsked(flagged, { quality_rating: 'constructor' })).toEqual(flagged);
  });

  it('knows that a number may send more in a second, from news and when it is asked', () => {
    const upgrade = { event: 'THROUGHPUT_UPGRADE', current_limit: 'TIER_UNLIMITED' };
    const upgraded = after(['phone_number_quality_update', upgrade]);
    expect(upgraded).toMatchObject({ upgraded: true, messagingLimit: 'unlimited' });
    expect(standingAsked(upgraded, { throughput: { level: 'NOT_APPLICABLE' } })).toMatchObject({ upgraded: true });
    expect(standingAsked(upgraded, { throughput: { level: 'STANDARD' } })).toMatchObject({ upgraded: false });
    expect(standingAsked({}, { throughput: { level: 'HIGH' } })).toMatchObject({ upgraded: true });
    const perSecond = (standing: Standing, config: object = {}) =>
      messagesPerSecondOf({ config: JSON.stringify(config), standing: JSON.stringify(standing) });
    expect([perSecond({}), perSecond(upgraded)]).toEqual([80, 1000]);
    const set = { ...whatsAppConfig, messagesPerSecond: 20 };
    expect(perSecond(upgraded, set), 'what was set holds').toBe(20);
  });

  it('keeps restrictions until they end, or the account is given back', () => {
    const restriction = (type: string, expiration?: number) =>
      [
        'account_update',
        { event: 'ACCOUNT_RESTRICTION', restriction_info: [{ restriction_type: type, expiration }] },
      ] as const;
    const both = after(restriction('A', at / 1000 - 10), restriction('B'), restriction('C', at / 1000 + 10));
    expect(both.restrictions).toEqual({ B: { until: null }, C: { until: at + 10_000 } });
    const disabled = standingAfter(
      both,
      news('account_update', {
        event: 'DISABLED_UPDATE',
        ban_info: { waba_ban_state: 'DISABLE', waba_ban_date: 'May 1' },
      }),
    );
    expect(disabled).toMatchObject({
      alert: { type: 'DISABLE', text: 'May 1' },
      restrictions: { DISABLE: { until: null } },
    });
    const listed = { event: 'DISABLED_UPDATE', ban_info: { waba_ban_state: ['DISABLE'] } };
    expect(after(['account_update', listed]).restrictions).toEqual({ DISABLE: { until: null } });
    const choices = { event: 'DISABLED_UPDATE', ban_info: { waba_ban_state: ['DISABLE', 'REINSTATE'] } };
    expect(after(['account_update', choices]), 'it says both').toEqual({});
    const back = news(
      'account_update',
      { event: 'DISABLED_UPDATE', ban_info: { waba_ban_state: 'REINSTATE' } },
      at + 1,
    );
    expect(standingAfter(disabled, back).restrictions).toEqual({});
  });
});
