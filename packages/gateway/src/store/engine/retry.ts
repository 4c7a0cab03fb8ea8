const attempts = 5;
const firstDelayMs = 10;

/** Runs `work` again, after short random pauses, while `mayRetry` says that its error allows it. */
export async function retrying<Result>(
  work: () => Promise<Result>,
  mayRetry: (error: unknown) => boolean,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === attempts || !mayRetry(error)) throw error;
      const delayMs = Math.random() * firstDelayMs * 2 ** attempt;
      await new Promise((resolve) => setTimeout(resolve, delayMs));
    }
  }
}
