import { startShop } from './shop.ts';

/** The shop against a gateway of yours. See README.md for how to get the key. */
const { PORT = '4200', PROSA_GATEWAY_URL, PROSA_WEBCHAT_KEY, PROSA_VISITOR_KID, PROSA_VISITOR_SECRET } = process.env;

if (!PROSA_GATEWAY_URL || !PROSA_WEBCHAT_KEY) {
  console.error('Set PROSA_GATEWAY_URL and PROSA_WEBCHAT_KEY (see README.md).');
  process.exit(1);
}

const shop = await startShop({
  port: Number(PORT),
  gatewayUrl: PROSA_GATEWAY_URL,
  webchatKey: PROSA_WEBCHAT_KEY,
  visitorKey:
    PROSA_VISITOR_KID && PROSA_VISITOR_SECRET ? { kid: PROSA_VISITOR_KID, secret: PROSA_VISITOR_SECRET } : undefined,
});
console.log(`A loja está em ${shop.url}`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void shop.close());
