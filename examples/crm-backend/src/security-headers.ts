/** What the CRM's policy has to allow for the inbox: the gateway, for the API and for files. Nothing else. */
export function securityHeaders(gatewayUrl: string): Readonly<Record<string, string>> {
  return {
    'Content-Security-Policy': [
      "default-src 'self'",
      `connect-src 'self' ${gatewayUrl}`,
      `img-src 'self' blob: ${gatewayUrl}`,
      `media-src 'self' blob: ${gatewayUrl}`,
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
