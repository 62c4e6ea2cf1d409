import type { Config } from '../../lambda/config.ts';
import type { Clients } from '../aws/clients.ts';
import { type RateOptions, rateOf } from '../options/calls-per-second.ts';
import { accountKeys } from './account-keys.ts';
import { ImageLists } from './image-lists.ts';

/** With pauses of 1, 2 and 4 s between them. */
const MAX_TRIES = 4;

interface Asking {
  readonly rate?: RateOptions;
  /** For one list. */
  readonly maxTries?: number;
  readonly stop?: AbortSignal;
}

/**
 * Makes the client that lists images with the keys of a deployment.
 *
 * @throws {KeysError} where the default secret does not hold keys
 */
export async function imageLists(
  { secretsManager }: Clients,
  settings: Config,
  { rate = {}, maxTries = MAX_TRIES, stop = new AbortController().signal }: Asking,
): Promise<ImageLists> {
  const keysOf = await accountKeys(secretsManager, settings);
  const callsPerSecond = rateOf(rate, settings);
  return new ImageLists({ settings, keysOf, callsPerSecond, maxTries, stop });
}
