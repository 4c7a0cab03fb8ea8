/** Addresses of the same device, which browsers let pages on HTTPS call without it (W3C, "Mixed Content"). */
const plainHttp = /^http:(?!\/\/(localhost|127|\[))/;

/**
 * Why a server may not have answered. A browser tells a page nothing of the cause, so it names what usually is.
 *
 * @param server its address
 */
export function whySilent(server: string): string {
  // A page has it, and a worker; Node has not.
  const { origin } = (globalThis as { location?: { readonly origin: string } }).location ?? {};
  const allows =
    origin?.startsWith('https:') && plainHttp.test(server)
      ? ' on https, as this page is (mixed content)'
      : origin && ` and allows pages of ${origin} (CORS)`;
  return `${server} did not answer. Check that the device is online and it runs there${allows ?? ''}`;
}
