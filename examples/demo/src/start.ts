import { startDemo } from './demo.ts';

const startedAt = Date.now();
const say = (line = '') => process.stdout.write(`${line}\n`);
const seconds = () => `${((Date.now() - startedAt) / 1000).toFixed(1)} s`;
const stopWithinMs = 3000;

let stopped = false;
let stop: (() => Promise<void>) | null = null;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (stopped) return;
    stopped = true;
    say('\nStopping …');
    setTimeout(() => process.exit(0), stopWithinMs).unref();
    void (stop?.() ?? Promise.resolve()).finally(() => process.exit(0));
  });
}

try {
  const demo = await startDemo({
    usualPorts: true,
    reset: process.argv.includes('--reset'),
    onProgress: (what) => say(`  ${what} … (${seconds()})`),
    onGatewayLine: (line) => {
      if (process.env['PROSA_DEMO_LOG']) say(`  [gateway] ${line}`);
    },
  });
  stop = demo.stop;
  if (stopped) await demo.stop();
  say(`
  Prosa is running (${seconds()}).

    CRM and phone     ${demo.pageUrl}/
    CRM only          ${demo.pageUrl}/crm?agent=ana   (second agent: ?agent=bruno)
    Phone only        ${demo.pageUrl}/phone
    Gateway           ${demo.gatewayUrl}   (API: ${demo.gatewayUrl}/openapi.json)

  O que experimentar (what to try):
    1. Escreva no celular da Marina; a conversa aparece em "Esperando".
    2. Clique em Atender e responda: o protocolo já chegou no celular, e os tiques ficam azuis.
    3. Mande uma foto pelo celular, um PDF pelo CRM.
    4. Cadastre a Marina como cliente, transfira para o Bruno (outra aba), finalize.

  Ctrl-C stops everything. \`npm start -- --reset\` begins anew.
`);
} catch (error) {
  say(`\n${error instanceof Error ? error.message : String(error)}`);
  await stop?.();
  process.exit(1);
}
