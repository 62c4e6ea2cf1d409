import type { Config } from '../../lambda/config.ts';
import type { Clients } from '../aws/clients.ts';
import { type RateOptions, rateOf } from '../options/calls-per-second.ts';
import { accountKeys } from './account-keys.ts';
import { ImageLists } from './image-lists.ts';

/**
 * Makes what asks FinerWorks for images with the keys of a deployment.
 *
 * @throws {KeysError} where the default secret does not hold keys
 */
export async function imageLists(
  { secretsManager }: Clients,
  settings: Config,
  rate: RateOptions,
  stop: AbortSignal,
): Promise<ImageLists> {
  const keysOf = await accountKeys(secretsManager, settings);
  return new ImageLists({ settings, keysOf, callsPerSecond: rateOf(rate, settings), stop });
}
