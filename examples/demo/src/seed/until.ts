/** Asks again and again until there is an answer. */
export async function until<Value>(
  what: string,
  ask: () => Promise<Value | undefined>,
  { timeoutMs = 15_000, everyMs = 40 } = {},
): Promise<Value> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await ask();
    if (value !== undefined) return value;
    if (Date.now() > deadline) throw new Error(`unable to see ${what}; it did not happen within ${timeoutMs / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
