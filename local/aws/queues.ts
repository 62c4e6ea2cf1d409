import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { buildApp } from 'fauxqs';
import * as z from 'zod';
import { takeAstralCharacters } from './astral-characters.ts';
import { carryMessageGroups } from './message-groups.ts';
import { sendBodies } from './send-bodies.ts';
import { addSourceArns } from './source-arns.ts';
import { storedQueues } from './stored-queues.ts';

const ACCOUNT = '000000000000';
const QUEUE = 'image-updates';
const DEAD_LETTER_QUEUE = 'image-updates-dead-letters';
/** As the stack sets them (infra/queues.ts). */
const RETENTION_SECONDS = 7 * 86_400;
const DEAD_LETTER_RETENTION_SECONDS = 14 * 86_400;

/** Region and credentials for the local services: any will do, but the SDK needs some. */
export const LOCAL_CREDENTIALS = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
} as const;

/** What the emulator shows of a queue without receiving from it. */
const Inspection = z.object({
  messages: z.object({
    ready: z.array(z.unknown()),
    delayed: z.array(z.unknown()),
    inflight: z.array(z.unknown()),
  }),
});

const Attribute = z.looseObject({ DataType: z.string(), StringValue: z.string().optional() });
const StoredMessage = z.object({
  messageId: z.string(),
  body: z.string(),
  messageAttributes: z.record(z.string(), Attribute),
  sentTimestamp: z.number(),
  messageGroupId: z.string().optional(),
});
export type StoredMessage = z.output<typeof StoredMessage>;

/** The queue of the product and its dead-letter queue, on this machine. */
export interface LocalQueues {
  /** The endpoint for any SDK. */
  readonly url: string;
  readonly client: SQSClient;
  readonly queueUrl: string;
  readonly queueArn: string;
  readonly deadLetterQueueUrl: string;
  /**
   * Sends bodies as they are. On a FIFO queue each gets its own group where none is given.
   *
   * @param group of all of them
   * @returns the message ids, in the order of the bodies
   */
  readonly send: (bodies: readonly string[], group?: string) => Promise<string[]>;
  /** How many messages the source queue holds, hidden ones included. */
  readonly depth: () => Promise<number>;
  /** Every dead letter, without receiving it. */
  readonly deadLetters: () => Promise<StoredMessage[]>;
  /** Makes one more queue of letters. */
  readonly addLetterQueue: (name: string) => Promise<LetterQueue>;
  readonly close: () => Promise<void>;
}

/** A queue of letters beside the dead-letter queue. */
export interface LetterQueue {
  readonly url: string;
  /** Every letter, without receiving it. */
  readonly letters: () => Promise<StoredMessage[]>;
}

/** What the queues are set to. */
export interface QueueSettings {
  readonly visibilityTimeoutSeconds: number;
  readonly maxReceiveCount: number;
  /** Whether both queues are FIFO. */
  readonly fifo?: boolean;
  /** 0 for a free one. */
  readonly port: number;
  /** Where messages survive a restart; which queue a moved one came from does not. */
  readonly folder?: string | undefined;
}

const arnOf = (name: string) => `arn:aws:sqs:${LOCAL_CREDENTIALS.AWS_REGION}:${ACCOUNT}:${name}`;

/** Starts an SQS emulator in this process, with both queues. */
export async function startQueues(settings: QueueSettings): Promise<LocalQueues> {
  const stored = settings.folder === undefined ? undefined : storedQueues(settings.folder);
  const kept = stored && { stores: stored.stores };
  const app = buildApp({ logger: false, host: '127.0.0.1', ...kept });
  takeAstralCharacters();
  carryMessageGroups(app);
  addSourceArns(app, arnOf);
  const url = await app.listen({ host: '127.0.0.1', port: settings.port });
  const client = new SQSClient({
    endpoint: url,
    region: LOCAL_CREDENTIALS.AWS_REGION,
    credentials: {
      accessKeyId: LOCAL_CREDENTIALS.AWS_ACCESS_KEY_ID,
      secretAccessKey: LOCAL_CREDENTIALS.AWS_SECRET_ACCESS_KEY,
    },
  });
  // The emulator's own URLs have a host that not every machine can resolve; it reads only the path.
  const urlOf = (name: string) => `${url}/${ACCOUNT}/${name}`;
  const [ending, kind] = settings.fifo ? ['.fifo', { FifoQueue: 'true' }] : ['', {}];
  const queue = `${QUEUE}${ending}`;
  const deadLetterQueue = `${DEAD_LETTER_QUEUE}${ending}`;
  const createLetterQueue = (name: string, attributes = {}) =>
    client.send(
      new CreateQueueCommand({
        QueueName: name,
        Attributes: {
          ...attributes,
          MessageRetentionPeriod: String(DEAD_LETTER_RETENTION_SECONDS),
        },
      }),
    );
  await createLetterQueue(deadLetterQueue, kind);
  const redrivePolicy = {
    deadLetterTargetArn: arnOf(deadLetterQueue),
    maxReceiveCount: settings.maxReceiveCount,
  };
  await client.send(
    new CreateQueueCommand({
      QueueName: queue,
      Attributes: {
        ...kind,
        MessageRetentionPeriod: String(RETENTION_SECONDS),
        VisibilityTimeout: String(settings.visibilityTimeoutSeconds),
        RedrivePolicy: JSON.stringify(redrivePolicy),
      },
    }),
  );
  const inspect = async (name: string) =>
    Inspection.parse(await (await fetch(`${url}/_fauxqs/queues/${name}`)).json()).messages;
  const lettersIn = async (name: string) => {
    const { ready, delayed, inflight } = await inspect(name);
    const hidden = inflight.map((entry) => z.object({ message: StoredMessage }).parse(entry));
    return [
      ...[...ready, ...delayed].map((message) => StoredMessage.parse(message)),
      ...hidden.map(({ message }) => message),
    ];
  };

  return {
    url,
    client,
    queueUrl: urlOf(queue),
    queueArn: arnOf(queue),
    deadLetterQueueUrl: urlOf(deadLetterQueue),
    send: (bodies, group) => sendBodies(client, urlOf(queue), bodies, group),
    depth: async () => {
      const { Attributes = {} } = await client.send(
        new GetQueueAttributesCommand({ QueueUrl: urlOf(queue), AttributeNames: ['All'] }),
      );
      return Object.entries(Attributes)
        .filter(([name]) => name.startsWith('ApproximateNumberOfMessages'))
        .reduce((sum, [, count]) => sum + Number(count), 0);
    },
    deadLetters: () => lettersIn(deadLetterQueue),
    addLetterQueue: async (name) => {
      await createLetterQueue(name);
      return { url: urlOf(name), letters: () => lettersIn(name) };
    },
    close: async () => {
      client.destroy();
      await app.close();
      stored?.close();
    },
  };
}
