import { createServer } from 'node:http';
import { toDoorEnvironment } from '../../webhooks/door-config.ts';
import type { GivenPlaces } from '../../webhooks/mapping/places.ts';
import { SOURCE_NAMES, type SourceName } from '../../webhooks/sources/source-names.ts';
import type { LetterQueue, LocalQueues } from '../aws/queues.ts';
import type { LocalSecretsManager } from '../aws/secrets-manager.ts';
import { type HttpServer, listen } from '../http-server.ts';
import type { SandboxSettings } from '../lambda/function-process.ts';
import { DoorPool } from './door-pool.ts';
import { UrlAnswer, urlEventOf } from './function-url.ts';

/** The secret with the signing secrets of all sources, as the stack has it by default. */
export const WEBHOOK_SECRET_ID = 'finerworks/webhooks';

/** What every source signs with here; Standard Webhooks wants base64. */
const LOCAL_SIGNING_SECRET = 'whsec_bG9jYWwtd2ViaG9vay1zaWduaW5nLXNlY3JldC0x';

/** (AWS: Lambda quotas) Some seconds for a PIM that has to be asked. */
const TIMEOUT_SECONDS = 10;

/** What the doors of a local system need. */
export interface DoorsOptions {
  readonly port: number;
  readonly queues: LocalQueues;
  readonly secrets: LocalSecretsManager;
  readonly sandbox: Pick<SandboxSettings, 'bundle' | 'environment' | 'onLine' | 'runtimeClient'>;
  /** Where payloads have what is needed, by source, as the setting `webhookFields` says it. */
  readonly fields?: Readonly<Partial<Record<SourceName, GivenPlaces>>> | undefined;
}

/** Every source's door, at its name: `http://127.0.0.1:PORT/shopify`. */
export interface Doors extends HttpServer {
  readonly undelivered: LetterQueue;
  /** What the command line reads of them. */
  readonly environment: Readonly<Record<string, string>>;
  /** Invokes a door, as the SDK would. @returns undefined where there is no such door */
  readonly invoke: (source: string, event: unknown) => Promise<string> | undefined;
}

/** Starts one server for all doors. Each has processes of its own, as each has a function of its own on AWS. */
export async function startDoors(options: DoorsOptions): Promise<Doors> {
  const { queues, secrets, sandbox, fields } = options;
  const undelivered = await queues.addLetterQueue('image-updates-webhooks-undelivered');
  const signing = SOURCE_NAMES.map((name) => [name, LOCAL_SIGNING_SECRET]);
  secrets.put(WEBHOOK_SECRET_ID, JSON.stringify(Object.fromEntries(signing)));
  const settings = {
    ...{ queueUrl: queues.queueUrl, undeliveredUrl: undelivered.url },
    secretId: WEBHOOK_SECRET_ID,
  };
  const poolOf = (source: SourceName) =>
    new DoorPool({
      ...sandbox,
      timeoutSeconds: TIMEOUT_SECONDS,
      environment: {
        ...sandbox.environment,
        ...toDoorEnvironment({ ...settings, source, fields: fields?.[source] }),
        AWS_LAMBDA_FUNCTION_NAME: `local-${source}`,
      },
    });
  const pools = new Map<string, DoorPool>(SOURCE_NAMES.map((name) => [name, poolOf(name)]));
  const server = createServer(async (request, response) => {
    const [, name = ''] = (request.url ?? '').split(/[/?]/);
    const answer = await answerOf(pools.get(name), await urlEventOf(request));
    response.writeHead(answer.statusCode, answer.headers).end(answer.body);
  });
  const { url, close } = await listen(server, options.port);
  return {
    url,
    undelivered,
    environment: {
      WEBHOOKS_URL: url,
      WEBHOOK_SECRET: LOCAL_SIGNING_SECRET,
      WEBHOOKS_UNDELIVERED_URL: undelivered.url,
    },
    invoke: (source, event) => pools.get(source)?.invoke(event),
    close: async () => {
      await close();
      await Promise.all([...pools.values()].map((pool) => pool.kill()));
    },
  };
}

/** As a function URL answers: 413 and 429 where it is too much, 502 where the function fails. */
async function answerOf(pool: DoorPool | undefined, event: object | undefined): Promise<UrlAnswer> {
  const bare = (statusCode: number) => UrlAnswer.parse({ statusCode });
  if (pool === undefined) return bare(404);
  if (event === undefined) return bare(413);
  if (pool.isFull) return bare(429);
  try {
    return UrlAnswer.parse(JSON.parse(await pool.invoke(event)));
  } catch {
    return bare(502);
  }
}
