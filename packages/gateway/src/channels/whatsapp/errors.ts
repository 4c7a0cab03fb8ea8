import { minute } from '../../clock.ts';
import type { InboundStatus } from '../../commands/inbound.ts';
import type { ChannelTrouble, ReachedLimit } from '../channel.ts';

/**
 * - `transient`: Meta's fault, try again.
 * - `unclear`: nobody can say whose fault it is: tried a few times, and no more.
 * - `throttled`: too fast, try again later.
 * - `slow`: restricted for a while; trying soon makes it worse.
 * - `token`: whoever runs the gateway has to renew a credential or a permission.
 * - `permanent`: the same request will never pass.
 */
export type ErrorClass = 'transient' | 'unclear' | 'throttled' | 'slow' | 'token' | 'permanent';

/**
 * By `error.code`, as Meta asks (WhatsApp, "Error codes"): its HTTP statuses are no help, throttling is a 400.
 * The text stands in when the answer has none.
 */
const table: Readonly<Record<number, readonly [ErrorClass, string]>> = {
  0: ['token', 'the app user could not be authenticated'],
  1: ['unclear', 'unknown error of the API'],
  2: ['transient', 'the API is down or overloaded'],
  3: ['token', 'a capability or permission is missing'],
  4: ['throttled', 'the app made too many calls'],
  10: ['token', 'a permission is missing'],
  33: ['permanent', 'the business phone number was deleted'],
  100: ['permanent', 'a parameter is not valid'],
  190: ['token', 'the access token has expired'],
  368: ['permanent', 'the account is blocked for violating a policy'],
  80007: ['throttled', 'the business account reached its rate limit'],
  130403: ['permanent', 'the business has blocked this person'],
  130429: ['throttled', 'the number reached its throughput'],
  130472: ['permanent', 'the person is part of an experiment of WhatsApp'],
  130497: ['permanent', 'the business may not write to this country'],
  131000: ['unclear', 'unknown error of the API'],
  131005: ['token', 'a permission is missing'],
  131008: ['permanent', 'a required parameter is missing'],
  131009: ['permanent', 'a parameter is not valid'],
  131016: ['transient', 'a service is not available'],
  131021: ['permanent', 'sender and recipient are the same'],
  131026: ['permanent', 'the message cannot be delivered to this person'],
  131030: ['permanent', 'the recipient is not on the list of allowed numbers'],
  131031: ['permanent', 'the account is locked'],
  131035: ['permanent', 'the webhook could not be delivered in the time that data may be kept'],
  131036: ['permanent', 'the message could not be kept long enough to be delivered'],
  131037: ['permanent', 'the number has no approved display name'],
  131042: ['permanent', 'there is a problem with the payment method'],
  131045: ['permanent', 'the number is not registered properly'],
  131047: ['permanent', 'more than 24 hours since the customer last wrote'],
  131048: ['slow', 'the number is restricted because of spam reports'],
  131049: ['permanent', 'not delivered, to keep the engagement healthy'],
  131050: ['permanent', 'the person does not want marketing messages'],
  131051: ['permanent', 'the message type is not supported'],
  131052: ['permanent', 'the file could not be downloaded'],
  131053: ['permanent', 'the file could not be uploaded'],
  131055: ['permanent', 'the method is not allowed'],
  131056: ['throttled', 'too many messages to this person in a short time'],
  131057: ['slow', 'the account is in maintenance mode'],
  131060: ['permanent', 'the message is on another device only'],
  131062: ['permanent', 'this message needs a phone number'],
  131063: ['permanent', 'marketing templates are switched off for this number'],
  131064: ['permanent', 'the account reached its messaging limit'],
  132000: ['permanent', 'the number of template parameters is wrong'],
  132001: ['permanent', 'the template does not exist in this language'],
  132005: ['permanent', 'the text of the template is too long'],
  132007: ['permanent', 'the template violates a policy'],
  132012: ['permanent', 'a template parameter has the wrong format'],
  132015: ['permanent', 'the template is paused'],
  132016: ['permanent', 'the template is disabled'],
  132018: ['permanent', 'a template parameter is not valid'],
  132068: ['permanent', 'the flow is blocked'],
  132069: ['permanent', 'the flow is throttled'],
  133000: ['permanent', 'the number was not deregistered completely'],
  133004: ['transient', 'the server is not available'],
  133005: ['permanent', 'the two-step verification PIN is wrong'],
  133006: ['permanent', 'the number needs to be verified again'],
  133008: ['permanent', 'the two-step verification PIN was wrong too often'],
  133009: ['permanent', 'the two-step verification PIN was entered too fast'],
  133010: ['permanent', 'the number is not registered'],
  133015: ['permanent', 'the number was deleted a moment ago'],
  133016: ['permanent', 'the number was registered too often'],
  134011: ['permanent', 'the terms of WhatsApp Payments are not accepted'],
  134100: ['permanent', 'only marketing messages can be sent this way'],
  134101: ['slow', 'the template is still being prepared'],
  134102: ['permanent', 'the template cannot be used by this account'],
  135000: ['unclear', 'unknown error with the parameters'],
  137000: ['permanent', 'the identity of the person has changed'],
  147001: ['permanent', 'the username is not valid'],
  147002: ['permanent', 'the username is not valid'],
  147003: ['permanent', 'the username is not valid'],
  147004: ['permanent', 'the username is not valid'],
  147005: ['permanent', 'the username is not valid'],
  2593107: ['permanent', 'the synchronisation was asked for too often'],
  2593108: ['permanent', 'the time for the synchronisation is over'],
  2593109: ['permanent', 'the history is not shared'],
};

/** Codes that stand for a whole range (Meta, "Error codes": API Permission). */
const permissionRange = { from: 200, to: 299 } as const;

/** An expired or revoked token; the others of the class `token` lack a permission. */
const tokenCodes: ReadonlySet<number> = new Set([0, 190]);

/** What Meta says of the number or its account as a whole, though only this message was asked about. */
const restrictedCodes: ReadonlySet<number> = new Set([33, 368, 131031, 131042, 131045, 131048, 133006, 133010]);

/**
 * The limits that others share: of the app, the account or the number, and of one person. A number that was reported as
 * spam, or whose account is being moved, sends nothing of anybody's.
 */
const limitOfCode: Readonly<Record<number, ReachedLimit>> = {
  4: 'number',
  80007: 'number',
  130429: 'number',
  131048: 'number',
  131056: 'person',
  131057: 'number',
};

/** What is restricted for a while is not tried sooner. */
export const slowMs = 5 * minute;
/** Of what nobody can explain. */
export const triesWhenUnclear = 3;

/** A message that Meta takes and drops again and again is for people to look at. */
const timesAgain = 3;

export function isListed(code: number): boolean {
  return Object.hasOwn(table, code) || isPermission(code);
}

/**
 * How to go on after an error: by its code. What Meta has not listed is judged by what Meta says of it; the status
 * decides only when there is nothing else.
 */
export function classOf(code: number | null, status: number, saysTransient: boolean): ErrorClass {
  const known = code === null ? undefined : table[code];
  if (known) return known[0];
  if (code !== null && isPermission(code)) return 'token';
  if (status === 429) return 'throttled';
  if (saysTransient || status >= 500) return 'transient';
  return status === 401 || status === 403 ? 'token' : 'permanent';
}

/** What the error says of the channel; `undefined`: nothing. */
export function troubleOf(code: number | null, errorClass: ErrorClass): ChannelTrouble | undefined {
  if (errorClass === 'token') {
    const expired = code === null || tokenCodes.has(code);
    return { status: expired ? 'token_invalid' : 'permission_missing', pauses: true };
  }
  return code !== null && restrictedCodes.has(code) ? { status: 'restricted', pauses: false } : undefined;
}

export function limitOf(code: number | null, errorClass: ErrorClass): ReachedLimit | undefined {
  if (errorClass !== 'throttled' && errorClass !== 'slow') return undefined;
  return (code === null ? undefined : limitOfCode[code]) ?? (errorClass === 'throttled' ? 'number' : undefined);
}

/**
 * Whether a message is sent again that Meta took first and then did not send: by the same table as a refusal (Meta,
 * "Error codes": some come "sometimes through both methods").
 */
export function againOf(code: string): InboundStatus['again'] {
  const errorClass = classOf(Number(code), 0, false);
  switch (errorClass) {
    case 'throttled':
    case 'transient':
      return { times: timesAgain, afterMs: null };
    case 'slow':
      return { times: timesAgain, afterMs: slowMs };
    case 'unclear':
      return { times: 1, afterMs: null };
    case 'token':
    case 'permanent':
      return null;
  }
}

export function defaultDetail(code: number): string {
  return table[code]?.[1] ?? 'the API gave no reason';
}

function isPermission(code: number): boolean {
  return code >= permissionRange.from && code <= permissionRange.to;
}

/** It will not send the template to anybody: what is known of it here is old. */
const ofTemplate: ReadonlySet<string> = new Set(['132001', '132007', '132015', '132016']);

export function isTemplateRefusal(code: string): boolean {
  return ofTemplate.has(code);
}

/** Of a file itself, or of any parameter, which its id is. */
const ofFile: ReadonlySet<string> = new Set(['100', '131009', '131052', '131053']);

export function isFileRefusal(code: string): boolean {
  return ofFile.has(code);
}
