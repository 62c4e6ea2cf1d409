import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { requestInBatches } from '../../lambda/queue/batch-requests.ts';
import { idsIn } from '../../lambda/queue/sqs.ts';
import { queueAttributes } from '../aws/queue-attributes.ts';
import { type DeadLetter, toDeadLetter } from './dead-letter.ts';
import type { ReasonsBeside } from './reasons-beside.ts';
import { mayHaveReasonBeside } from './why-no-reason.ts';

/** How long a letter is hidden from others when the reader has no time to give it back. */
const HIDDEN_SECONDS = 60;
/** One receive gives at most 10 messages (AWS: ReceiveMessage), so several run at once. */
const MAX_RECEIVED = 10;
const MAX_PARALLEL = 10;
/** A long poll asks every server of the queue, a short one some (AWS: short and long polling). */
const LONG_POLL_SECONDS = 1;
/** Empty long polls after which missing letters count as hidden, or as counted wrongly. */
const PATIENCE = 3;

/** How much of the dead-letter queue was seen. A standard queue gives no listing. */
export interface Coverage {
  readonly seen: number;
  /** By SQS's approximate count, before reading. */
  readonly visible: number;
  /** Hidden by another reader at that time, and so not seen. */
  readonly inFlight: number;
}

/**
 * Reads a dead-letter queue and releases everything: each letter is received once, held while the rest is
 * read, so that it does not come again, and released at the end.
 */
export class DeadLetterReader implements AsyncDisposable {
  readonly #client: SQSClient;
  readonly #queueUrl: string;
  readonly #stop: AbortSignal;
  readonly #reasonsBeside: ReasonsBeside;
  readonly #seen = new Set<string>();
  /** Receipt handles by message id. */
  readonly #held = new Map<string, string>();
  #counts = { visible: 0, inFlight: 0 };

  /**
   * @param stop ends the reading after the letters that were received
   * @param reasonsBeside reads the reasons of letters that have no room for them
   */
  constructor(
    client: SQSClient,
    queueUrl: string,
    stop: AbortSignal,
    reasonsBeside: ReasonsBeside,
  ) {
    this.#client = client;
    this.#queueUrl = queueUrl;
    this.#stop = stop;
    this.#reasonsBeside = reasonsBeside;
  }

  /**
   * Every letter that can be received, some at a time.
   *
   * @param options.parallel receives at once: few, where each letter takes long
   */
  async *letters({ parallel = MAX_PARALLEL } = {}): AsyncGenerator<DeadLetter[]> {
    const { visible, inFlight } = await queueAttributes(this.#client, this.#queueUrl);
    this.#counts = { visible, inFlight };
    let silence = 0;
    while (!this.#stop.aborted) {
      const missing = visible - this.#seen.size;
      if (silence > (missing > 0 ? PATIENCE : 1)) return;
      const requests = Math.min(parallel, Math.max(1, Math.ceil(missing / MAX_RECEIVED)));
      const wait = silence > 0 || missing <= 0 ? LONG_POLL_SECONDS : 0;
      const fresh = await this.#receive(requests, wait);
      // An empty long poll after all were seen is the end; after an empty short one a long one follows.
      silence = fresh.length > 0 ? 0 : silence + (missing <= 0 ? 2 : 1);
      if (fresh.length > 0) yield fresh;
    }
  }

  get coverage(): Coverage {
    return { seen: this.#seen.size, ...this.#counts };
  }

  /** Deletes letters. @returns for each that the queue did not confirm the cause, by message id */
  async delete(letters: readonly DeadLetter[]): Promise<Map<string, string>> {
    const entries = this.#entriesOf(letters.map(({ messageId }) => messageId));
    const failures = await requestInBatches(entries, async (batch) => {
      const command = new DeleteMessageBatchCommand({
        QueueUrl: this.#queueUrl,
        Entries: batch.map(({ Id, ReceiptHandle }) => ({ Id, ReceiptHandle })),
      });
      return idsIn(await this.#client.send(command));
    });
    const failed = new Map<string, string>();
    for (const { Id, messageId } of entries) {
      const why = failures.get(Id);
      if (why === undefined) this.#held.delete(messageId);
      else failed.set(messageId, why);
    }
    return failed;
  }

  /** Makes the held letters visible again. If that fails, they become visible within a minute. */
  async [Symbol.asyncDispose](): Promise<void> {
    const entries = this.#entriesOf([...this.#held.keys()]);
    await requestInBatches(entries, async (batch) => {
      const command = new ChangeMessageVisibilityBatchCommand({
        QueueUrl: this.#queueUrl,
        Entries: batch.map(({ Id, ReceiptHandle }) => ({
          Id,
          ReceiptHandle,
          VisibilityTimeout: 0,
        })),
      });
      return idsIn(await this.#client.send(command));
    });
    this.#held.clear();
  }

  async #receive(requests: number, waitSeconds: number): Promise<DeadLetter[]> {
    const command = new ReceiveMessageCommand({
      QueueUrl: this.#queueUrl,
      MaxNumberOfMessages: MAX_RECEIVED,
      VisibilityTimeout: HIDDEN_SECONDS,
      WaitTimeSeconds: waitSeconds,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    });
    const receive = async () => (await this.#client.send(command)).Messages ?? [];
    const received = await Promise.all(Array.from({ length: requests }, receive));
    const fresh: Message[] = [];
    for (const message of received.flat()) {
      const { MessageId = '', ReceiptHandle = '' } = message;
      // A letter that is held longer than it is hidden comes again, with a new handle.
      this.#held.set(MessageId, ReceiptHandle);
      if (this.#seen.has(MessageId)) continue;
      this.#seen.add(MessageId);
      fresh.push(message);
    }
    const ids = fresh.filter(mayHaveReasonBeside).flatMap(({ MessageId }) => MessageId ?? []);
    const kept = ids.length === 0 ? undefined : await this.#reasonsBeside(ids);
    return fresh.map((message) => toDeadLetter(message, kept));
  }

  #entriesOf(messageIds: readonly string[]) {
    return messageIds.flatMap((messageId, at) => {
      const handle = this.#held.get(messageId);
      return handle === undefined ? [] : [{ Id: String(at), ReceiptHandle: handle, messageId }];
    });
  }
}
