import { DeleteMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import * as z from 'zod';
import { requestInBatches } from '../../lambda/queue/batch-requests.ts';
import { isFifo } from '../../lambda/queue/fifo-names.ts';
import { idsIn } from '../../lambda/queue/sqs.ts';
import { disposalOf } from './batch-response.ts';
import { Gatherer } from './gatherer.ts';
import type { Sandbox } from './sandbox.ts';

/** What Lambda accepts of an event source mapping; of one on a FIFO queue {@link FifoSettings}. */
export const EventSourceSettings = z
  .object({
    batchSize: z.int().min(1).max(10_000),
    batchingWindowSeconds: z.number().min(0).max(300),
    maxConcurrency: z.int().min(2).max(1_000),
  })
  .refine(
    ({ batchSize, batchingWindowSeconds }) => batchSize <= 10 || batchingWindowSeconds >= 1,
    'a batch size above 10 needs a batching window of at least 1 s',
  );
export type EventSourceSettings = z.output<typeof EventSourceSettings>;

/** A FIFO queue gives 10 records at most, and knows no window (AWS: Lambda with SQS, configuring). */
const FifoSettings = EventSourceSettings.refine(
  ({ batchSize, batchingWindowSeconds }) => batchSize <= 10 && batchingWindowSeconds === 0,
  'a FIFO queue takes a batch size of at most 10, and no batching window',
);

/** Where the records come from and who takes them. */
export interface EventSourceDependencies {
  readonly client: SQSClient;
  readonly queueUrl: string;
  readonly queueArn: string;
  /** As many as invocations may run at once. */
  readonly sandboxes: readonly Sandbox[];
  readonly observer: EventSourceObserver;
}

/** Called for everything that happens to records. */
export interface EventSourceObserver {
  readonly deleted: (records: readonly SQSRecord[]) => void;
  readonly returned: (messageIds: readonly string[], why: string) => void;
  /** An invocation ended, however it ended. */
  readonly invoked: (seconds: number) => void;
}

/**
 * An event source mapping as Lambda runs it with `ReportBatchItemFailures`: long polling, batches
 * by size, window and payload, at most `maxConcurrency` invocations at once. What is not deleted
 * stays hidden until its visibility timeout ends, and is moved after `maxReceiveCount` by SQS.
 *
 * One difference: Lambda gathers several batches at once from the beginning, this one only the next
 * batch, so that a local run always makes the same calls.
 */
export class EventSource {
  readonly #gatherer: Gatherer;
  readonly #dependencies: EventSourceDependencies;
  readonly #idle: Sandbox[];
  readonly #running = new Set<Promise<void>>();
  #stopping = false;
  #polling: Promise<void> | undefined;
  /** Resolved when polling goes on; undefined while it is not switched off. */
  #pause: PromiseWithResolvers<void> | undefined;
  #isWaiting = false;

  constructor(settings: EventSourceSettings, dependencies: EventSourceDependencies) {
    const accepted = isFifo(dependencies.queueArn) ? FifoSettings : EventSourceSettings;
    this.#gatherer = new Gatherer(accepted.parse(settings), dependencies);
    this.#dependencies = dependencies;
    this.#idle = [...dependencies.sandboxes];
  }

  /** Begins to poll; once is enough. */
  start(): void {
    this.#polling ??= this.#poll();
  }

  /** Takes no more records, once the batch that is being gathered was handed over. */
  pause(): void {
    this.#pause ??= Promise.withResolvers();
  }

  /** Takes records again. */
  resume(): void {
    this.#pause?.resolve();
    this.#pause = undefined;
  }

  /** As Lambda names it (AWS: EventSourceMappingConfiguration). */
  get state(): 'Enabled' | 'Disabling' | 'Disabled' {
    if (this.#pause === undefined) return 'Enabled';
    return this.#isWaiting && this.#running.size === 0 ? 'Disabled' : 'Disabling';
  }

  /** Ends polling and waits for the invocations that are running. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.resume();
    this.#gatherer.stop();
    await this.#polling;
    await Promise.all(this.#running);
  }

  async #poll(): Promise<void> {
    while (!this.#stopping) {
      if (this.#pause !== undefined) {
        this.#isWaiting = true;
        await this.#pause.promise;
        this.#isWaiting = false;
        continue;
      }
      if (this.#idle.length === 0) await Promise.race(this.#running);
      const batch = await this.#gatherer.gather();
      if (batch.length === 0) continue;
      // The sandbox that was used last is warm, and Lambda prefers warm ones.
      const sandbox = this.#idle.pop();
      if (sandbox === undefined) throw new Error('a batch was gathered without an idle sandbox');
      const invocation = this.#invoke(sandbox, batch).finally(() => {
        this.#running.delete(invocation);
        this.#idle.push(sandbox);
      });
      this.#running.add(invocation);
    }
  }

  async #invoke(sandbox: Sandbox, records: readonly SQSRecord[]): Promise<void> {
    const { observer } = this.#dependencies;
    const ids = records.map(({ messageId }) => messageId);
    let answer: string;
    const begin = performance.now();
    try {
      answer = await sandbox.invoke({ Records: records });
    } catch (error) {
      observer.returned(ids, String(error));
      return;
    } finally {
      observer.invoked((performance.now() - begin) / 1_000);
    }
    const { deleted, fault = 'reported as failed' } = disposalOf(answer, ids);
    const unwanted = records.filter(({ messageId }) => deleted.has(messageId));
    const failures = await this.#delete(unwanted);
    observer.deleted(unwanted.filter((_record, at) => !failures.has(`${at}`)));
    observer.returned(
      ids.filter((id) => !deleted.has(id)),
      fault,
    );
  }

  /** @returns the positions of the records that the queue did not confirm as deleted */
  async #delete(records: readonly SQSRecord[]): Promise<Map<string, string>> {
    const { client, queueUrl } = this.#dependencies;
    const entries = records.map(({ receiptHandle }, position) => ({
      Id: String(position),
      ReceiptHandle: receiptHandle,
    }));
    return requestInBatches(entries, async (batch) => {
      const command = new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries: [...batch] });
      return idsIn(await client.send(command));
    });
  }
}
