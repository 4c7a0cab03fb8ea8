/** How long a stop may take; the gateway itself needs less. */
const stopMs = 30_000;

/** The command line as a process: arguments, streams, signals, exit code. */
export async function runProcess(): Promise<void> {
  quietSqliteWarning();
  // Only now, so that loading node:sqlite is quiet too.
  const { main } = await import('./main.ts');
  const stop = new AbortController();
  const onSignal = (signal: NodeJS.Signals): void => {
    // The second time is meant: somebody does not want to wait.
    if (stop.signal.aborted) process.exit(signal === 'SIGINT' ? 130 : 143);
    stop.abort();
    setTimeout(() => {
      process.stderr.write('Some work did not end in time and was cut off.\n');
      process.exit(1);
    }, stopMs).unref();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  process.exitCode = await main(process.argv.slice(2), {
    env: process.env,
    print: (line) => process.stdout.write(`${line.trimEnd()}\n`),
    note: (line) => process.stderr.write(`${line.trimEnd()}\n`),
    stop: stop.signal,
  });
  process.off('SIGINT', onSignal);
  process.off('SIGTERM', onSignal);
}

/** Node 22 calls SQLite experimental at every start; the people who run the gateway can do nothing about it. */
function quietSqliteWarning(): void {
  const listeners = process.listeners('warning');
  process.removeAllListeners('warning');
  process.on('warning', (warning) => {
    if (warning.name === 'ExperimentalWarning' && warning.message.startsWith('SQLite')) return;
    for (const listener of listeners) listener(warning);
  });
}
