import type { Route } from '@prosa/core/contract';
import type { Desk } from './desk.ts';

/**
 * What a behaviour cannot be tried without. `signing`: tokens of any agent and time. `second_agent`: a token of Bia.
 * `customer`: a way to be the customer. `webchat`: a webchat of the contract. `template`: a message template that is
 * approved, of a body and at most a footer, without variables.
 */
export type Need = 'signing' | 'second_agent' | 'customer' | 'webchat' | 'template';

/** A part of the contract that a backend may leave out. */
export interface OptionalPart {
  /** As `--without` names it. */
  readonly name: string;
  /** A `GET` that tells: a backend without it answers 404, 405 or 501. */
  readonly probe: Route;
  readonly query?: Readonly<Record<string, string | number>>;
}

/** Something that widgets and client rely on. */
export interface Behaviour {
  /** `conversations.race`; stable. The first word is its group. */
  readonly id: string;
  /** One sentence. */
  readonly says: string;
  readonly needs?: readonly Need[];
  readonly part?: OptionalPart;
  /** It waits for seconds: it is tried beside the others. */
  readonly isSlow?: true;
  /** It looks at what the others have seen. */
  readonly isLast?: true;
  /** @throws Unmet */
  run(desk: Desk): Promise<void>;
}
