import type { ApiError } from '../errors/api-error.ts';

/** What a call fails with; as an `ApiError`, which has all fields that any error has. */
export async function errorOf(promise: PromiseLike<unknown>): Promise<ApiError> {
  try {
    await promise;
  } catch (error) {
    return error as ApiError;
  }
  throw new Error('it did not fail');
}
