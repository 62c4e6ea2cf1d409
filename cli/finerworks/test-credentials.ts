import type { ClientSettings } from '../../lambda/finerworks/request.ts';
import type { Keys } from '../../lambda/keys/keys.ts';
import { ask } from './finerworks.ts';

const CAP = 1_048_576;

/**
 * Asks FinerWorks whether it accepts the keys.
 *
 * @throws {UnavailableError} `BadKeys` where it does not
 */
export async function testCredentials(keys: Keys, settings: ClientSettings): Promise<void> {
  await ask({ method: 'GET', path: '/v3/test_my_credentials', cap: CAP }, keys, settings);
}
