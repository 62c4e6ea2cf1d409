import { randomUUID } from 'node:crypto';
import type { ProbedSettings } from '../../infra/doctor/probe-rules.ts';
import { Config } from '../../lambda/config.ts';
import {
  DEFAULT_LIBRARY,
  DEFAULT_SITE_ID,
  type ListSettings,
  sessionIdOf,
} from '../../lambda/finerworks/list-settings.ts';
import type { ClientSettings } from '../../lambda/finerworks/request.ts';
import type { Keys } from '../../lambda/keys/keys.ts';
import { openTarget } from '../aws/target.ts';
import { readKeys } from '../finerworks/finerworks.ts';
import { keysIn, type ProbeOptions } from '../options/probe-options.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { Place } from './library.ts';

/** The API that a probe asks, and with which keys. */
export interface Target {
  readonly keys: Keys;
  readonly settings: ClientSettings;
  readonly place: Place;
  /** What is set there; undefined where no deployment is meant. */
  readonly deployed: ProbedSettings | undefined;
}

/**
 * The keys of a file, or those of the deployment.
 *
 * @throws {UsageError} where neither can be found
 * @throws {KeysError} where there are no keys
 */
export async function targetOf(options: ProbeOptions, terminal: Terminal): Promise<Target> {
  if (options.keys !== undefined) {
    const { apiUrl, callTimeoutSeconds } = Config.shape;
    const settings = {
      apiUrl: options.api ?? apiUrl.parse(undefined),
      callTimeoutSeconds: callTimeoutSeconds.parse(undefined),
    };
    const keys = await keysIn(options.keys);
    return { keys, settings, place: placeOf(options, {}), deployed: undefined };
  }
  const { clients, deployment } = await openTarget(options, terminal);
  const settings = await deployment.functionSettings();
  const keys = await readKeys(clients.secretsManager, settings.secretId);
  return { keys, settings, place: placeOf(options, settings), deployed: settings };
}

/** Where the function would ask. */
function placeOf(options: ProbeOptions, settings: ListSettings): Place {
  const { listSiteId: siteId = DEFAULT_SITE_ID, listLibrary: library = DEFAULT_LIBRARY } = settings;
  const account = options.account ?? null;
  const sessionId = options.sessionId ?? sessionIdOf(account, settings, randomUUID());
  return { account, sessionId, siteId, library };
}
