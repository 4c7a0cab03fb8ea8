/**
 * As strict as a shop's policy can be, and the gateway's address in it: scripts from its loader, the API, pictures and
 * recordings of the conversation. Nothing inline, nothing evaluated.
 */
export function securityHeaders(
  gatewayUrl: string,
  frameAncestors: readonly string[],
): Readonly<Record<string, string>> {
  return {
    'Content-Security-Policy': [
      "default-src 'none'",
      `script-src 'self' ${gatewayUrl}`,
      "style-src 'self'",
      `connect-src 'self' ${gatewayUrl}`,
      `img-src 'self' blob: ${gatewayUrl}`,
      `media-src blob: ${gatewayUrl}`,
      "require-trusted-types-for 'script'",
      "trusted-types lit-html 'allow-duplicates'",
      "base-uri 'none'",
      "form-action 'self'",
      `frame-ancestors ${["'self'", ...frameAncestors].join(' ')}`,
    ].join('; '),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'strict-origin-when-cross-origin',
  };
}
