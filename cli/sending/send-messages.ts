import {
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import pRetry from 'p-retry';
import { requestInBatches } from '../../lambda/queue/batch-requests.ts';
import { bytesOf } from '../../lambda/settlement/dead-letter.ts';
import { describeError } from '../errors.ts';

export type Message = SendMessageBatchRequestEntry & { readonly Id: string };

/** Called with the messages that the queue has confirmed; awaited before anything else is sent. */
export type OnConfirmed = (ids: readonly string[]) => void | Promise<void>;

/** What became of messages that were to be sent. */
export interface Sending {
  /** The queue's own ids of those that it confirmed, by entry id. */
  readonly sent: ReadonlyMap<string, string>;
  /** Why, for each that it did not, by entry id. */
  readonly failed: ReadonlyMap<string, string>;
  /** Of those, the entry ids of what it will never take. */
  readonly refused: ReadonlySet<string>;
  /** Set where the queue could not be reached: more would fail too. */
  readonly unreachable?: unknown;
}

/** Half a second doubling to 10 s: about half a minute in all. */
const BACKOFF = { retries: 6, minTimeout: 500, maxTimeout: 10_000, randomize: true } as const;

class NotAllSent extends Error {
  override readonly name = 'NotAllSent';
}

/**
 * Sends messages in batches, and what the queue names in `Failed[]`, or did not answer for, again
 * with growing pauses. Only what it confirmed counts as sent.
 *
 * @param stop ends the retries; what is under way is awaited
 */
export async function sendMessages(
  client: SQSClient,
  queueUrl: string,
  messages: readonly Message[],
  { onConfirmed, stop }: { readonly onConfirmed: OnConfirmed; readonly stop: AbortSignal },
): Promise<Sending> {
  const sent = new Map<string, string>();
  const refused = new Map<string, string>();
  let failures = new Map<string, string>();
  /** By the last request that failed as a whole. */
  let thrown: unknown;
  /** By `onConfirmed`: what was sent could not be noted, and no abort must hide that. */
  let unnoted: unknown;

  async function attempt(): Promise<void> {
    thrown = undefined;
    const left = messages.filter(({ Id }) => !sent.has(Id) && !refused.has(Id));
    failures = await requestInBatches(left, request, bytesOf);
    try {
      await onConfirmed(left.flatMap(({ Id }) => (sent.has(Id) ? Id : [])));
    } catch (error) {
      unnoted = error;
      throw error;
    }
    if (left.some(({ Id }) => !sent.has(Id) && !refused.has(Id))) throw new NotAllSent();
  }

  async function request(batch: readonly Message[]): Promise<ReadonlySet<string>> {
    try {
      const command = new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: [...batch] });
      const { Successful = [], Failed = [] } = await client.send(command);
      for (const { Id = '', MessageId = '' } of Successful) sent.set(Id, MessageId);
      for (const { Id = '', SenderFault, Code, Message = '' } of Failed) {
        if (SenderFault === true) refused.set(Id, `${Code}: ${Message}`);
      }
      return new Set(Successful.flatMap(({ Id }) => Id ?? []));
    } catch (error) {
      thrown = error;
      throw error;
    }
  }

  try {
    await pRetry(attempt, {
      ...BACKOFF,
      shouldRetry: ({ error }) => error instanceof NotAllSent && !isOfCaller(thrown),
      signal: stop,
    });
  } catch (error) {
    // An abort ends the pause early.
    if (!(error instanceof NotAllSent) && error !== stop.reason) throw error;
  }
  if (unnoted !== undefined) throw unnoted;
  const failed = messages.flatMap(({ Id }) =>
    sent.has(Id)
      ? []
      : [[Id, refused.get(Id) ?? failures.get(Id) ?? 'interrupted before it was sent'] as const],
  );
  return {
    sent,
    failed: new Map(failed),
    refused: new Set(refused.keys()),
    ...(thrown !== undefined && { unreachable: thrown }),
  };
}

/** Errors that the caller must correct (no permission, no such queue): another attempt would not help. */
function isOfCaller(error: unknown): boolean {
  if (error === undefined || describeError(error) === undefined) return error !== undefined;
  const isClientFault = error instanceof Error && '$fault' in error && error.$fault === 'client';
  return isClientFault && !/throttl/i.test(error.name);
}
