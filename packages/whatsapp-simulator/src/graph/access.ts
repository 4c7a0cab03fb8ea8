import { hmacSha256, toHex, utf8 } from '../bytes.ts';
import type { SimulatorContext } from '../context.ts';
import type { BusinessNumber } from '../state/business-number.ts';
import { GraphRefusal, unknownObject } from './refusal.ts';

/** What a token may touch. */
export interface Access {
  readonly numbers: readonly BusinessNumber[];
  readonly accounts: readonly string[];
  /** The app that the token is of. */
  readonly appId: string;
}

/** `{app-id}|{app-secret}` is an app's own token; any other is one of a number. */
export function numbersOf(context: SimulatorContext, token: string | null | undefined): readonly BusinessNumber[] {
  return [...context.state.numbers.values()].filter(
    (each) => token === each.token || token === `${each.appId}|${each.appSecret}`,
  );
}

/** Checks `Authorization: Bearer`, or `access_token` in the query as Graph also takes it, and `appsecret_proof`. */
export async function authenticate(
  context: SimulatorContext,
  request: Request,
  query: URLSearchParams,
): Promise<Access> {
  const header = request.headers.get('authorization');
  const token = header === null ? query.get('access_token') : /^(?:Bearer|OAuth)\s+(.+)$/i.exec(header)?.[1];
  if (header === null && token === null) {
    throw new GraphRefusal(200, { message: '(#200) Provide valid app ID' });
  }
  if (context.faults.take('expired_token')) {
    const at = new Date(context.clock.now()).toUTCString();
    throw new GraphRefusal(190, {
      message: `Error validating access token: Session has expired on ${at}.`,
      subcode: 463,
    });
  }
  const numbers = numbersOf(context, token);
  const [first] = numbers;
  if (!first) throw new GraphRefusal(190, { message: 'Invalid OAuth access token - Cannot parse access token' });
  const proof = query.get('appsecret_proof');
  if (proof !== null && proof !== toHex(await hmacSha256(first.appSecret, utf8(token ?? '')))) {
    throw new GraphRefusal(100, {
      type: 'GraphMethodException',
      message: 'Invalid appsecret_proof provided in the API argument',
    });
  }
  return { numbers, accounts: [...new Set(numbers.map((each) => each.wabaId))], appId: first.appId };
}

export function requireOwnNumber(access: Access, id: string, method: string): BusinessNumber {
  const number = access.numbers.find((each) => each.phoneNumberId === id);
  if (!number) throw unknownObject(method, id);
  return number;
}

export function requireOwnAccount(access: Access, id: string, method: string): string {
  if (!access.accounts.includes(id)) throw unknownObject(method, id);
  return id;
}

/** `app` stands for the token's own app, as on Graph. */
export function requireOwnApp(access: Access, id: string, method: string): string {
  if (id !== 'app' && id !== access.appId) throw unknownObject(method, id);
  return access.appId;
}
