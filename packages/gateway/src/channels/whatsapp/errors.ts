/**
 * - `transient`: Meta's fault, try again.
 * - `throttled`: too fast, try again later.
 * - `slow`: restricted for a while; trying soon makes it worse.
 * - `token`: whoever runs the gateway has to renew a credential or a permission.
 * - `permanent`: the same request will never pass.
 */
export type ErrorClass = 'transient' | 'throttled' | 'slow' | 'token' | 'permanent';

/**
 * By `error.code`, as Meta asks (WhatsApp, "Error codes"): its HTTP statuses are no help, throttling is a 400.
 * The text stands in when the answer has none.
 */
const table: Readonly<Record<number, readonly [ErrorClass, string]>> = {
  0: ['token', 'the app user could not be authenticated'],
  1: ['transient', 'unknown error of the API'],
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
  131000: ['transient', 'unknown error of the API'],
  131005: ['token', 'a permission is missing'],
  131008: ['permanent', 'a required parameter is missing'],
  131009: ['permanent', 'a parameter is not valid'],
  131016: ['transient', 'a service is not available'],
  131021: ['permanent', 'sender and recipient are the same'],
  131026: ['permanent', 'the message cannot be delivered to this person'],
  131030: ['permanent', 'the recipient is not on the list of allowed numbers'],
  131031: ['permanent', 'the account is locked'],
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
  131062: ['permanent', 'this message needs a phone number'],
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
  133006: ['permanent', 'the number needs to be verified again'],
  133010: ['permanent', 'the number is not registered'],
  134101: ['slow', 'the template is still being prepared'],
  135000: ['permanent', 'unknown error with the parameters'],
  137000: ['permanent', 'the identity of the person has changed'],
};

/** How to go on after an error. An unknown code is judged by what Meta says of it, then by the class of its status. */
export function classOf(code: number | null, status: number, saysTransient: boolean): ErrorClass {
  const known = code === null ? undefined : table[code];
  if (known) return known[0];
  // "API Permission": a range of codes.
  if (code !== null && code >= 200 && code <= 299) return 'token';
  if (status === 429) return 'throttled';
  if (saysTransient || status >= 500) return 'transient';
  return status === 401 || status === 403 ? 'token' : 'permanent';
}

export function defaultDetail(code: number): string {
  return table[code]?.[1] ?? 'the API gave no reason';
}
