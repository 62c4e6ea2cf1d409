import { randomUUID } from 'node:crypto';
import type { ProbedSettings } from '../../infra/doctor/probe-rules.ts';
import { Config } from '../../lambda/config.ts';
import type { Keys } from '../../lambda/finerworks/keys.ts';
import type { ClientSettings } from '../../lambda/finerworks/request.ts';
import { connect } from '../aws/clients.ts';
import { Deployment } from '../aws/deployment.ts';
import { readKeys } from '../finerworks/finerworks.ts';
import { keysIn, type ProbeOptions } from '../options/probe-options.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { Place } from './library.ts';

/** As FinerWorks' documentation has it where nothing else is set (docs/finerworks-api.md). */
const SITE_ID = 2;
const LIBRARY = 'inventory';

/** Whom a probe asks, and as whom. */
export interface Target {
  readonly keys: Keys;
  readonly settings: ClientSettings;
  readonly place: Place;
  /** What is set there; undefined where no deployment is meant. */
  readonly deployed: ProbedSettings | undefined;
}

/** The settings of lists. */
interface ListSettings extends ClientSettings {
  readonly listSessionId?: string | undefined;
  readonly listSiteId?: number | undefined;
  readonly listLibrary?: string | undefined;
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
    return { keys, settings, place: placeOf(options, settings), deployed: undefined };
  }
  const clients = connect();
  const settings = await new Deployment(options, terminal, clients).functionSettings();
  const keys = await readKeys(clients.secretsManager, settings.secretId);
  return { keys, settings, place: placeOf(options, settings), deployed: settings };
}

function placeOf({ account, sessionId }: ProbeOptions, settings: ListSettings): Place {
  return {
    account: account ?? null,
    sessionId: sessionId ?? settings.listSessionId ?? randomUUID(),
    siteId: settings.listSiteId ?? SITE_ID,
    library: settings.listLibrary ?? LIBRARY,
  };
}
