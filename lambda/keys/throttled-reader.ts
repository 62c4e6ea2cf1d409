import { BoundedMap } from '../general/bounded-map.ts';
import { errorName } from '../general/error-name.ts';

/** Reads a secret's content by its name or ARN, JSON already parsed. */
export type ReadSecretById = (secretId: string) => Promise<unknown>;

/** How long a failed read is not repeated, in milliseconds. */
const PAUSE = 30_000;
/** Secrets whose failures are remembered. */
const MAX_FAILURES = 1_000;

/** Errors that concern one secret (AWS: GetSecretValue, errors); all others concern all secrets. */
const OF_ONE_SECRET = new Set([
  'AccessDeniedException',
  'DecryptionFailure',
  'InvalidParameterException',
  'InvalidRequestException',
  'ResourceNotFoundException',
]);

interface Failure {
  readonly error: unknown;
  readonly at: number;
}

/**
 * Reads secrets for many accounts: callers share a read that is under way, and a failed one is not
 * repeated for half a minute. Otherwise a service that does not answer would cost each account of a
 * batch the time of a request.
 *
 * @param now milliseconds since 1970
 * @returns the reader; it throws what `read` threw, now or within the pause before
 */
export function throttledReader(read: ReadSecretById, now: () => number): ReadSecretById {
  const underWay = new Map<string, Promise<unknown>>();
  const failures = new BoundedMap<string, Failure>(MAX_FAILURES);
  let failureOfAll: Failure | undefined;

  const readNow = async (secretId: string) => {
    try {
      return await read(secretId);
    } catch (error) {
      const failure = { error, at: now() };
      if (OF_ONE_SECRET.has(errorName(error))) failures.set(secretId, failure);
      else failureOfAll = failure;
      throw error;
    } finally {
      underWay.delete(secretId);
    }
  };

  return async (secretId) => {
    const failed = [failures.get(secretId), failureOfAll].find(
      (failure) => failure !== undefined && now() - failure.at < PAUSE,
    );
    if (failed !== undefined) throw failed.error;
    const content = underWay.get(secretId) ?? readNow(secretId);
    underWay.set(secretId, content);
    return await content;
  };
}
