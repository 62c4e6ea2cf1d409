import { setTimeout as sleep } from 'node:timers/promises';
import { ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import { toRecord } from './sqs-record.ts';

/** One invocation carries at most 6 MB of payload (AWS: Lambda quotas). */
const MAX_PAYLOAD_BYTES = 6_000_000;
/** ReceiveMessage brings at most 10 messages (AWS: ReceiveMessage), so several run at once. */
const MAX_RECEIVED = 10;
const PARALLEL_RECEIVES = 10;
/** Long polling, in seconds; short enough to stop soon. */
const LONG_POLL_SECONDS = 1;
/** Between short polls, in milliseconds, where less than a long poll's time is left. */
const SHORT_POLL_PAUSE = 50;

/** How much goes into a batch. */
export interface BatchLimits {
  readonly batchSize: number;
  readonly batchingWindowSeconds: number;
}

interface Source {
  readonly client: SQSClient;
  readonly queueUrl: string;
  readonly queueArn: string;
}

/** Gathers batches as Lambda's pollers do: until one is full by count, by payload or by time. */
export class Gatherer {
  readonly #limits: BatchLimits;
  readonly #source: Source;
  /** What would have made the last batch too large: the next one begins with it. */
  #carried: SQSRecord[] = [];
  readonly #stopping = new AbortController();

  constructor(limits: BatchLimits, source: Source) {
    this.#limits = limits;
    this.#source = source;
  }

  /** Ends the polls; what they would have brought comes back after its visibility timeout. */
  stop(): void {
    this.#stopping.abort();
  }

  /** @returns a batch; empty where nothing came within one long poll */
  async gather(): Promise<SQSRecord[]> {
    const { batchSize, batchingWindowSeconds } = this.#limits;
    const batch: SQSRecord[] = [];
    let bytes = 0;
    let windowEnd: number | undefined;
    let received = this.#carried.splice(0);
    while (true) {
      for (const [at, record] of received.entries()) {
        bytes += Buffer.byteLength(JSON.stringify(record));
        if (bytes > MAX_PAYLOAD_BYTES && batch.length > 0) {
          this.#carried = received.slice(at);
          return batch;
        }
        batch.push(record);
      }
      if (batch.length > 0) windowEnd ??= Date.now() + batchingWindowSeconds * 1_000;
      const left = (windowEnd ?? Number.POSITIVE_INFINITY) - Date.now();
      if (this.#stopping.signal.aborted || batch.length >= batchSize || left <= 0) return batch;
      received = await this.#receive(batchSize - batch.length, left, batch.length > 0);
      if (received.length === 0 && batch.length === 0) return batch;
    }
  }

  async #receive(missing: number, left: number, isFilling: boolean): Promise<SQSRecord[]> {
    const requests = isFilling ? Math.min(PARALLEL_RECEIVES, Math.ceil(missing / MAX_RECEIVED)) : 1;
    const wait = Math.min(LONG_POLL_SECONDS, Math.floor(left / 1_000));
    const { client, queueUrl, queueArn } = this.#source;
    const command = new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: Math.min(MAX_RECEIVED, missing),
      WaitTimeSeconds: wait,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    });
    const abortSignal = this.#stopping.signal;
    const receive = async () => (await client.send(command, { abortSignal })).Messages ?? [];
    const answers = await Promise.allSettled(Array.from({ length: requests }, receive));
    const messages = answers.flatMap((answer) => {
      if (answer.status === 'fulfilled') return answer.value;
      if (abortSignal.aborted) return [];
      throw answer.reason;
    });
    if (messages.length === 0 && wait === 0) await sleep(Math.min(left, SHORT_POLL_PAUSE));
    return messages.map((message) => toRecord(message, queueArn));
  }
}
