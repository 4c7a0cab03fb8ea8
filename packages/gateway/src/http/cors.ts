/** Headers with which a listed origin may read the answer. No cookies are ever involved. */
export function allowOrigin(headers: Headers, origin: string): void {
  headers.set('Access-Control-Allow-Origin', origin);
  headers.set('Access-Control-Expose-Headers', 'Date, X-Request-Id, Retry-After');
}

export function preflightResponse(origin: string): Response {
  const headers = new Headers({
    'Access-Control-Allow-Methods': 'GET, POST, PUT, PATCH, DELETE',
    'Access-Control-Allow-Headers': 'Authorization, Content-Type, Idempotency-Key, Last-Event-ID, X-Request-Id',
    'Access-Control-Max-Age': '600',
    Vary: 'Origin',
  });
  allowOrigin(headers, origin);
  return new Response(null, { status: 204, headers });
}
