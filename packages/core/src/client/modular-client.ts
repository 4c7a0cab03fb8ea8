import type { Clock, HasClock } from './clock.ts';
import { createKernel, type ClientOptions, type Kernel } from './kernel.ts';

/** Adds its members to a client: `conversations` adds `client.conversations`. */
export type ClientPart<Members extends object = object> = (kernel: Kernel) => Members;

type Intersection<Union> = (Union extends unknown ? (member: Union) => void : never) extends (all: infer All) => void
  ? All
  : never;

/** A client that has the members of these parts, and `destroy`. */
export type ClientOf<Parts extends readonly ClientPart[]> = Intersection<ReturnType<Parts[number]>> & {
  /** The one it was made with: what is derived from the client goes by it. */
  readonly clock: Clock;
  /** As `ProsaClient` has it; 0 where no part opens the event stream. */
  readonly clockAheadMs: number;
  /** Ends everything. Calling it again does nothing. */
  destroy(): void;
};

/**
 * A client of the parts that are named, so that a page loads no more than it uses.
 *
 * @throws UsageError when `baseUrl` or `token` cannot be used
 * @example
 * import { conversations, createClient } from '@prosa/core/modular';
 * const prosa = createClient({ baseUrl, token, resources: [conversations] });
 */
export function createModularClient<const Parts extends readonly ClientPart[]>(
  options: ClientOptions & { readonly resources: Parts },
): ClientOf<Parts> {
  const kernel = createKernel(options);
  const members = options.resources.map((part) => kernel.use(part));
  const { clock, destroy } = kernel;
  const client: HasClock = {
    clock,
    get clockAheadMs() {
      return kernel.clockAheadMs;
    },
  };
  return Object.assign(client, { destroy }, ...members) as ClientOf<Parts>;
}
