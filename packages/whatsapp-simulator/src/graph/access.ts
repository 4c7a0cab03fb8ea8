import type { SimulatorContext } from '../context.ts';
import type { BusinessNumber } from '../state/business-number.ts';
import { GraphRefusal, unknownObject } from './refusal.ts';

/** What a token may touch. */
export interface Access {
  readonly numbers: readonly BusinessNumber[];
  readonly accounts: readonly string[];
}

/** Checks `Authorization: Bearer`, or `access_token` in the query as Graph also takes it. */
export function authenticate(context: SimulatorContext, request: Request, query: URLSearchParams): Access {
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
  const numbers = [...context.state.numbers.values()].filter((each) => each.token === token);
  if (numbers.length === 0) {
    throw new GraphRefusal(190, { message: 'Invalid OAuth access token - Cannot parse access token' });
  }
  return { numbers, accounts: [...new Set(numbers.map((each) => each.wabaId))] };
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
