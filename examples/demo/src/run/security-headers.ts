/** The policy that the widgets promise to run under. Nothing but the gateway is added to it, and the shop's frame. */
export function securityHeaders(gatewayUrl: string, shopUrl: string): Readonly<Record<string, string>> {
  return {
    'Content-Security-Policy': [
      "default-src 'self'",
      `connect-src 'self' ${gatewayUrl}`,
      `img-src 'self' blob: ${gatewayUrl}`,
      `media-src 'self' blob: ${gatewayUrl}`,
      `frame-src 'self' ${shopUrl}`,
      "require-trusted-types-for 'script'",
      "trusted-types lit-html 'allow-duplicates'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'self'",
      "object-src 'none'",
    ].join('; '),
    // Agents record voice messages.
    'Permissions-Policy': 'microphone=(self)',
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'same-origin',
  };
}
