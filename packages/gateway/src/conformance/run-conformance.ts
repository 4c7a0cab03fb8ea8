import { AdminError } from '../admin/admin-error.ts';
import { second } from '../clock.ts';
import { plainTemplateOf } from './behaviours/dispatches.ts';
import { behaviours } from './behaviours/index.ts';
import type { Behaviour, Need, OptionalPart } from './behaviour.ts';
import type { Violations, Wire } from './caller.ts';
import { httpCustomers, webchatCustomers, type CustomerDriver, type WebchatOptions } from './customers.ts';
import { Desk, type DeskDeps } from './desk.ts';
import type { AgentTokens } from './tokens.ts';
import { Unmet } from './unmet.ts';

/** Which backend is tried, as whom, and what of it. */
export interface ConformanceOptions {
  /** Where the backend is; `/v1/…` comes behind it. */
  readonly url: string;
  readonly tokens: AgentTokens;
  /** A webchat of the backend: through it the kit is the customer, and the visitor's side is tried. */
  readonly webchat?: WebchatOptions | undefined;
  /** Plays customers where there is no webchat: an address (see `httpCustomers`), or code of your own. */
  readonly customers?: string | CustomerDriver | undefined;
  /** Only these: ids, or groups (`events`). What looks at all answers looks at theirs. */
  readonly only?: readonly string[] | undefined;
  /** Not these: ids, groups, or optional parts (`tags`). */
  readonly without?: readonly string[] | undefined;
  /** Instead of the global one. */
  readonly fetch?: typeof fetch | undefined;
  /** How long to wait for what may take a moment, in milliseconds; 5,000 when absent. */
  readonly patienceMs?: number | undefined;
  /** Hears of each result as soon as it is there. */
  readonly onResult?: ((result: ConformanceResult) => void) | undefined;
}

/** One behaviour: what is expected of it, and what the backend did. */
export interface ConformanceResult {
  readonly id: string;
  readonly says: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  /** With `failed`. */
  readonly expected?: string;
  readonly got?: string;
  /** With `skipped`. */
  readonly reason?: string;
  readonly durationMs: number;
}

/** What became of every behaviour. */
export interface ConformanceReport {
  readonly url: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** In a fixed order, whatever was tried first. */
  readonly results: readonly ConformanceResult[];
}

const requestTimeoutMs = 15 * second;

/**
 * Tries a backend against the behaviours of the contract that client and widgets rely on. What it makes stays: give it a
 * workspace for tests.
 * @throws RangeError when `only` or `without` name nothing
 * @throws AdminError when nobody answers at `url`
 */
export async function runConformance(options: ConformanceOptions): Promise<ConformanceReport> {
  const { only, without = [], onResult = () => undefined } = options;
  for (const name of [...(only ?? []), ...without]) {
    if (!behaviours.some((one) => isNamed(one, name))) throw new RangeError(`"${name}" names no behaviour`);
  }
  const deps = depsOf(options);
  await reach(deps.wire);
  const tried = behaviours.filter((one) => !only || one.isLast || only.some((name) => isNamed(one, name)));
  const results = new Map<Behaviour, ConformanceResult>();

  async function take(behaviour: Behaviour): Promise<void> {
    const startedAt = Date.now();
    const outcome = await outcomeOf(behaviour, deps, options);
    const { id, says } = behaviour;
    const result = { id, says, ...outcome, durationMs: Date.now() - startedAt };
    results.set(behaviour, result);
    onResult(result);
  }

  const slow = Promise.all(tried.filter(({ isSlow }) => isSlow).map(take));
  for (const behaviour of tried) if (!behaviour.isSlow && !behaviour.isLast) await take(behaviour);
  await slow;
  for (const behaviour of tried) if (behaviour.isLast) await take(behaviour);

  const inOrder = tried.flatMap((behaviour) => results.get(behaviour) ?? []);
  const count = (outcome: ConformanceResult['outcome']) => inOrder.filter((one) => one.outcome === outcome).length;
  return {
    url: options.url,
    passed: count('passed'),
    failed: count('failed'),
    skipped: count('skipped'),
    results: inOrder,
  };
}

/** Otherwise every behaviour would say it. */
async function reach({ url, fetch, timeoutMs }: Wire): Promise<void> {
  try {
    const response = await fetch(`${url}/v1/agents/me`, { signal: AbortSignal.timeout(timeoutMs) });
    await response.body?.cancel();
  } catch (error) {
    throw new AdminError(`unable to reach ${url}; nobody answers there (${String(error)})`, { cause: error });
  }
}

function depsOf(options: ConformanceOptions): DeskDeps & { readonly wire: Wire } {
  const { url, fetch = globalThis.fetch, tokens, webchat = null, customers, patienceMs = 5 * second } = options;
  const violations: Violations = { answers: [], problems: [], frames: [] };
  const wire: Wire = { url: url.replace(/\/+$/, ''), fetch, violations, timeoutMs: requestTimeoutMs };
  const visitors = webchat && webchatCustomers(wire, webchat);
  const driver = typeof customers === 'string' ? httpCustomers(wire, customers) : (customers ?? visitors);
  return { wire, tokens, driver, visitors, webchat, patienceMs, people: { agents: new Map(), idle: [] } };
}

type Outcome = Pick<ConformanceResult, 'outcome' | 'expected' | 'got' | 'reason'>;

async function outcomeOf(behaviour: Behaviour, deps: DeskDeps, { without = [] }: ConformanceOptions): Promise<Outcome> {
  const excluded = without.find((name) => isNamed(behaviour, name));
  if (excluded !== undefined) return { outcome: 'skipped', reason: `without ${excluded}` };
  const desk = new Desk(deps);
  try {
    if (behaviour.part && !(await isOffered(behaviour.part, desk))) {
      return { outcome: 'skipped', reason: `the backend does not offer ${behaviour.part.name}` };
    }
    const missing = await missingFor(behaviour, deps, desk);
    if (missing !== null) return { outcome: 'skipped', reason: missing };
    await behaviour.run(desk);
    return { outcome: 'passed' };
  } catch (error) {
    if (error instanceof Unmet) return { outcome: 'failed', expected: error.expected, got: error.got };
    // What was answered is so different that the behaviour could not go on.
    return { outcome: 'failed', expected: 'answers of the contract', got: String(error) };
  } finally {
    await desk.tidy();
  }
}

async function missingFor(
  { needs = [] }: Behaviour,
  { driver, webchat, tokens }: DeskDeps,
  desk: Desk,
): Promise<string | null> {
  const missing: Record<Need, () => boolean | Promise<boolean>> = {
    signing: () => !tokens.canSign,
    second_agent: async () => (await tokens.of('bia')) === null,
    customer: () => driver === null,
    webchat: () => webchat === null,
    template: async () => (await plainTemplateOf(desk)) === null,
  };
  const reasons: Record<Need, string> = {
    signing: 'needs the key that signs tokens',
    second_agent: 'needs a token of a second agent',
    customer: 'needs a webchat, or another way to be the customer',
    webchat: 'needs a webchat',
    template: 'needs a message template that is approved and has no variables',
  };
  for (const need of needs) if (await missing[need]()) return reasons[need];
  return null;
}

/** What is no address of the backend is refused by whatever it runs on: that answer is not looked at. */
async function isOffered({ probe, query = {} }: OptionalPart, desk: Desk): Promise<boolean> {
  // An address with a parameter is tried with one that nothing has.
  const response = await (await desk.agent('ana')).open(probe, { query, params: { number: '0'.repeat(14) } });
  const text = await response.text();
  if (response.status === 404 && probe.params) return text.includes('"not_found"');
  return ![404, 405, 501].includes(response.status);
}

function isNamed({ id, part }: Behaviour, name: string): boolean {
  return id === name || id.startsWith(`${name}.`) || part?.name === name;
}
