import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DOOR_ENTRY_POINT } from '../infra/bundle.ts';
import { type FunctionSettings, toEnvironment } from '../lambda/config.ts';
import type { Keys } from '../lambda/keys/keys.ts';
import { type BusEvent, LOCAL_BUS_ARN, type LocalBus, startEventBus } from './aws/event-bus.ts';
import { FUNCTION_NAME, startLambdaApi } from './aws/lambda-api.ts';
import { type LocalLedger, startLedgerTable } from './aws/ledger-table.ts';
import { startLogApi } from './aws/log-api.ts';
import { LOCAL_CREDENTIALS, type LocalQueues, startQueues } from './aws/queues.ts';
import { type LocalSecretsManager, startSecretsManager } from './aws/secrets-manager.ts';
import { createTrailTable } from './aws/trail-table.ts';
import { type StandIn, startStandIn } from './finerworks/stand-in.ts';
import { EventSource, type EventSourceSettings } from './lambda/event-source.ts';
import { Sandbox } from './lambda/sandbox.ts';
import { givenBundle, temporaryBundle } from './lambda/temporary-bundle.ts';
import { storeImages } from './stored-images.ts';
import { Tally, type TallyListeners } from './tally.ts';
import { type Doors, type DoorsOptions, startDoors } from './webhooks/doors.ts';

/** The name of the secret that holds the keys. */
const SECRET_ID = 'finerworks/keys';

/** The name of the secret that holds the key sets of accounts. */
export const LOGINS_SECRET_ID = 'finerworks/logins';

/** Keys that only the stand-in accepts. */
export const LOCAL_KEYS: Keys = { web_api_key: 'local-web-api-key', app_key: 'local-app-key' };

/** What a local system is to be. */
export interface LocalSystemOptions extends EventSourceSettings, TallyListeners {
  readonly timeoutSeconds: number;
  /** How long a record stays hidden when the function could not say. */
  readonly visibilityTimeoutSeconds: number;
  readonly maxReceiveCount: number;
  /** Further settings of the function, as its stack would set them. */
  readonly functionSettings?: Partial<FunctionSettings>;
  /** A real endpoint and its keys, instead of the stand-in. */
  readonly api?: { readonly url: string; readonly keys: Keys };
  /** Key sets of accounts that have a login of their own. */
  readonly keysByAccount?: Readonly<Record<string, Keys>>;
  /** Whether the queues are FIFO. */
  readonly fifo?: boolean;
  /** The first of the ports, which follow one another; free ones where it is left out. */
  readonly port?: number | undefined;
  /** Where queues, ledger and images survive a restart. */
  readonly state?: string | undefined;
  /** Takes each line that the function writes. */
  readonly onLine?: (line: string) => void;
  /** Takes outcomes as a rule of a bus delivers them; without it the function tells none. */
  readonly onOutcome?: ((event: BusEvent) => void) | undefined;
  /** Another function's source, to be bundled and run instead of this repository's. */
  readonly entryPoint?: string;
  /** The folder of a bundle that is there already, and stays, in the place of a new one. */
  readonly bundle?: string;
  /** Whether there are doors for webhooks, or what they are to be. */
  readonly webhooks?: boolean | DoorSettings | undefined;
  /** The file of AWS's runtime interface client, to be run in the place of its imitation. */
  readonly runtimeClient?: string | undefined;
}

/** What the doors for webhooks are to be. */
export interface DoorSettings extends Pick<DoorsOptions, 'fields'> {
  /** The folder of a bundle that is there already, and stays, in the place of a new one. */
  readonly bundle?: string;
}

/** The whole system, running on this machine. */
export interface LocalSystem extends AsyncDisposable {
  readonly queues: LocalQueues;
  readonly ledger: LocalLedger;
  readonly secrets: LocalSecretsManager;
  /** Where outcomes go, if anywhere. */
  readonly bus: LocalBus;
  readonly standIn: StandIn;
  readonly tally: Tally;
  readonly sandboxes: readonly Sandbox[];
  /** The doors for webhooks; undefined where there are none. */
  readonly doors: Doors | undefined;
  /** What points the AWS SDK or command line at this system. */
  readonly environment: Readonly<Record<string, string>>;
  /** What the function is told of it, besides that; the command line reads the same. */
  readonly functionEnvironment: Readonly<Record<string, string>>;
  /** Begins to take records from the queue. */
  readonly start: () => void;
  /** Takes no more, and waits for the invocations that are running. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts everything but the event source: SQS, Secrets Manager, the stand-in, and the function as
 * its bundle, each in its own process or behind its own socket.
 */
export async function startLocalSystem(options: LocalSystemOptions): Promise<LocalSystem> {
  const bundle =
    options.bundle === undefined
      ? temporaryBundle(options.entryPoint)
      : givenBundle(options.bundle);
  const { webhooks = false } = options;
  const doorSettings = webhooks === true ? {} : webhooks;
  const doorBundle =
    doorSettings === false
      ? undefined
      : doorSettings.bundle === undefined
        ? temporaryBundle(DOOR_ENTRY_POINT)
        : givenBundle(doorSettings.bundle);
  const portOf = (nth: number) => (options.port === undefined ? 0 : options.port + nth);
  const folderOf = (name: string) => options.state && join(options.state, name);
  if (options.state !== undefined) mkdirSync(options.state, { recursive: true });
  const queues = await startQueues({ ...options, port: portOf(0), folder: folderOf('queues') });
  const secrets = await startSecretsManager(portOf(2));
  const ledger = await startLedgerTable({ port: portOf(3), folder: folderOf('ledger') });
  const keys = options.api?.keys ?? LOCAL_KEYS;
  secrets.put(SECRET_ID, JSON.stringify(keys));
  const { keysByAccount } = options;
  if (keysByAccount !== undefined) secrets.put(LOGINS_SECRET_ID, JSON.stringify(keysByAccount));
  const logins = { keys, ...(keysByAccount && { keysByAccount }) };
  const standIn = await startStandIn({ ...logins, port: portOf(1) });
  const images = folderOf('images.json');
  const storedImages = images === undefined ? undefined : storeImages(standIn.images, images);
  const tally = new Tally(options);
  const log = await startLogApi(portOf(5));
  const { onOutcome } = options;
  const bus = await startEventBus({ port: portOf(6), onEvent: onOutcome });
  const services = {
    ...LOCAL_CREDENTIALS,
    AWS_ENDPOINT_URL_SQS: queues.url,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url,
    AWS_ENDPOINT_URL_DYNAMODB: ledger.url,
    AWS_ENDPOINT_URL_EVENTBRIDGE: bus.url,
    // The emulator of SQS knows topics too.
    AWS_ENDPOINT_URL_SNS: queues.url,
  };
  const functionEnvironment = toEnvironment({
    ledgerTable: ledger.tableName,
    trailTable: await createTrailTable(ledger.client),
    // The stand-in knows an image at once: no refusal has to wait.
    ...(options.api === undefined && { newImageSeconds: 0 }),
    ...(keysByAccount && { keysByAccount: LOGINS_SECRET_ID }),
    ...(onOutcome && { outcomesTarget: LOCAL_BUS_ARN }),
    ...options.functionSettings,
    apiUrl: options.api?.url ?? standIn.url,
    secretId: SECRET_ID,
    queueUrl: queues.queueUrl,
    deadLetterQueueUrl: queues.deadLetterQueueUrl,
    maxReceiveCount: options.maxReceiveCount,
    maxConcurrency: options.maxConcurrency,
  });
  const onLine = (line: string) => {
    tally.readLine(line);
    log.add(line);
    options.onLine?.(line);
  };
  const sandboxes = Array.from(
    { length: options.maxConcurrency },
    () =>
      new Sandbox({
        bundle: bundle.entryFile,
        runtimeClient: options.runtimeClient,
        timeoutSeconds: options.timeoutSeconds,
        environment: {
          ...services,
          ...functionEnvironment,
          AWS_LAMBDA_FUNCTION_NAME: FUNCTION_NAME,
        },
        onLine,
      }),
  );
  const { client, queueUrl, queueArn } = queues;
  const eventSource = new EventSource(
    {
      batchSize: options.batchSize,
      batchingWindowSeconds: options.batchingWindowSeconds,
      maxConcurrency: options.maxConcurrency,
    },
    { client, queueUrl, queueArn, sandboxes, observer: tally },
  );
  const doors =
    doorBundle &&
    (await startDoors({
      ...{ queues, secrets, port: portOf(7), ...(doorSettings || {}) },
      sandbox: {
        ...{ bundle: doorBundle.entryFile, environment: services, onLine },
        runtimeClient: options.runtimeClient,
      },
    }));
  const lambda = await startLambdaApi({
    ...{ eventSource, queueArn, environment: functionEnvironment, doors },
    port: portOf(4),
  });
  const environment = {
    ...services,
    AWS_ENDPOINT_URL_LAMBDA: lambda.url,
    AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: log.url,
    ...doors?.environment,
  };
  return {
    queues,
    secrets,
    bus,
    ledger,
    standIn,
    tally,
    sandboxes,
    doors,
    environment,
    functionEnvironment,
    start: () => eventSource.start(),
    stop: () => eventSource.stop(),
    [Symbol.asyncDispose]: async () => {
      await eventSource.stop();
      await Promise.all(sandboxes.map((sandbox) => sandbox.kill()));
      await doors?.close();
      const servers = [queues, secrets, ledger, standIn, lambda, log, bus];
      await Promise.all(servers.map((server) => server.close()));
      storedImages?.[Symbol.dispose]();
      bundle[Symbol.dispose]();
      doorBundle?.[Symbol.dispose]();
    },
  };
}
