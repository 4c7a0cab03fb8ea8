/** An error of the host's own callback: told to the page as an uncaught error is, never thrown into our loops. */
export function reportHostError(error: unknown): void {
  const { reportError } = globalThis as { reportError?: (error: unknown) => void };
  if (reportError) reportError(error);
  else console.error(error);
}
