import { createClient, type ProsaClient } from '@prosa/core';

/**
 * A client for the gateway that the environment names.
 *
 * - `PROSA_URL`: `http://127.0.0.1:4000` when it is not set
 * - `PROSA_TOKEN`: an API key (`prosa-gateway api-key create`), or an agent's token (`prosa-gateway token`)
 */
export function connect(): ProsaClient {
  const { PROSA_URL = 'http://127.0.0.1:4000', PROSA_TOKEN } = process.env;
  if (!PROSA_TOKEN) throw new Error('Set PROSA_TOKEN to an API key or an agent token (see README.md).');
  return createClient({ baseUrl: PROSA_URL, token: PROSA_TOKEN });
}

/** Runs a script: its client is closed at the end, a mistake is one line and exit code 1. */
export async function run(script: (prosa: ProsaClient, args: readonly string[]) => Promise<void>): Promise<void> {
  let prosa: ProsaClient | undefined;
  try {
    prosa = connect();
    await script(prosa, process.argv.slice(2));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  } finally {
    prosa?.destroy();
  }
}
