import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Wake } from '../../store/database.ts';
import type { WakeBus } from '../../store/engine/wake-bus.ts';

const channel = 'prosa_wake';
/** What these tell is in the tables too, for whoever was away. */
const keptTopics = ['events', 'jobs', 'envelopes', 'routing', 'dispatches'] as const satisfies readonly Wake['topic'][];
const wakeTopics: readonly Wake['topic'][] = [...keptTopics, 'signals'];
const shortestPauseMs = 100;
const longestPauseMs = 5000;
/** A dead peer that sends no reset shows itself here. */
const heartbeatMs = 15_000;

/**
 * LISTEN and NOTIFY on one connection of its own. Only hints and signals travel here: while the connection is away
 * nothing is told, and when it comes back every listener is woken, because anything may have happened.
 */
export class WakeChannel {
  readonly #config: pg.ClientConfig;
  readonly #bus: WakeBus;
  readonly #origin = randomUUID();
  readonly #waiting = new Set<string>();
  #client: pg.Client | null = null;
  #flushing = false;
  #stopped = false;
  #failures = 0;
  #reconnect: NodeJS.Timeout | undefined;
  #heartbeat: NodeJS.Timeout | undefined;

  constructor(config: pg.ClientConfig, bus: WakeBus) {
    this.#config = config;
    this.#bus = bus;
  }

  async start(): Promise<void> {
    await this.#connect();
    this.#heartbeat = setInterval(() => void this.#client?.query('select 1').catch(() => this.#lost()), heartbeatMs);
    this.#heartbeat.unref();
  }

  /** The same wake-ups that come while one is on its way are told once. */
  notify(wake: Wake): void {
    if (this.#stopped || !this.#client) return;
    this.#waiting.add(JSON.stringify([this.#origin, wake]));
    if (!this.#flushing) void this.#flush();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#reconnect);
    clearInterval(this.#heartbeat);
    const client = this.#client;
    this.#client = null;
    client?.removeAllListeners();
    client?.on('error', () => undefined);
    await client?.end().catch(() => undefined);
  }

  async #flush(): Promise<void> {
    this.#flushing = true;
    try {
      while (this.#waiting.size > 0 && this.#client) {
        const payloads = [...this.#waiting];
        this.#waiting.clear();
        await this.#client.query('select pg_notify($1, payload) from unnest($2::text[]) as payload', [
          channel,
          payloads,
        ]);
      }
    } catch {
      // The listeners elsewhere find out when they look next.
      this.#waiting.clear();
    } finally {
      this.#flushing = false;
    }
  }

  async #connect(): Promise<void> {
    const client = new pg.Client(this.#config);
    client.on('error', () => this.#lost(client));
    client.on('end', () => this.#lost(client));
    client.on('notification', ({ payload }) => this.#hear(payload));
    try {
      await client.connect();
      await client.query(`LISTEN ${channel}`);
    } catch (error) {
      client.removeAllListeners();
      client.on('error', () => undefined);
      void client.end().catch(() => undefined);
      throw error;
    }
    if (this.#stopped) {
      await client.end();
      return;
    }
    this.#client = client;
    this.#failures = 0;
  }

  #hear(payload: string | undefined): void {
    try {
      // Only gateways of this database know the channel; one of another version may tell what this one does not know.
      const [origin, wake] = JSON.parse(payload ?? '') as [string, Wake];
      if (origin !== this.#origin && wakeTopics.includes(wake.topic)) this.#bus.emit(wake);
    } catch {
      // Somebody else's notification.
    }
  }

  #lost(client = this.#client): void {
    if (this.#stopped || client !== this.#client || this.#client === null) return;
    this.#client.removeAllListeners();
    this.#client.on('error', () => undefined);
    void this.#client.end().catch(() => undefined);
    this.#client = null;
    this.#reconnectLater();
  }

  #reconnectLater(): void {
    if (this.#stopped) return;
    const longest = Math.min(longestPauseMs, shortestPauseMs * 2 ** this.#failures++);
    this.#reconnect = setTimeout(
      () => {
        this.#connect().then(
          () => keptTopics.forEach((topic) => this.#bus.emit({ topic })),
          () => this.#reconnectLater(),
        );
      },
      longest * (0.5 + Math.random() / 2),
    );
    this.#reconnect.unref();
  }
}
