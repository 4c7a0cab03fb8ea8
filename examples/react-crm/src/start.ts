import { startCrm } from '@prosa/example-crm-backend';
import { fileURLToPath } from 'node:url';

/** The CRM against a gateway of yours. See README.md for how to get the key. */
const { PORT = '4310', PROSA_GATEWAY_URL, PROSA_AGENT_KID, PROSA_AGENT_SECRET } = process.env;

if (!PROSA_GATEWAY_URL || !PROSA_AGENT_KID || !PROSA_AGENT_SECRET) {
  console.error('Set PROSA_GATEWAY_URL, PROSA_AGENT_KID and PROSA_AGENT_SECRET (see README.md).');
  process.exit(1);
}

const crm = await startCrm({
  port: Number(PORT),
  gatewayUrl: PROSA_GATEWAY_URL,
  agentKey: { kid: PROSA_AGENT_KID, secret: PROSA_AGENT_SECRET },
  publicDir: fileURLToPath(new URL('../public', import.meta.url)),
  entry: fileURLToPath(new URL('./page.tsx', import.meta.url)),
});
console.log(`O CRM está em ${crm.url}`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void crm.close());
