import { SQSClient } from '@aws-sdk/client-sqs';
import { explainingReader } from '../lambda/contract/faults/explaining-reader.ts';
import { type ImageChange, type Sender, toEvent } from './event.ts';
import { addressingFor, type Grouping } from './message-group.ts';
import type { PublishResult } from './publish-result.ts';
import { publishStream } from './publish-stream.ts';
import { strictClock } from './strict-clock.ts';

/** What a publisher needs to know. */
export interface PublisherOptions extends Partial<Sender> {
  /** The stack's output `QueueUrl`. */
  readonly queueUrl: string;
  /** By default one by the SDK's own settings: region, credentials, endpoint. */
  readonly client?: SQSClient;
  /** As the stack is set, where it is; in UTF-16 code units. */
  readonly maxTitleLength?: number;
  readonly maxDescriptionLength?: number;
  /**
   * What the messages of a group (`MessageGroupId`) have in common. By default the account on a
   * standard queue, where SQS then serves the others first while one of them fills the queue; on a
   * FIFO queue the image, or the first one of an event's, because there a message that comes back
   * holds up its whole group. `none` sends no group.
   */
  readonly groupBy?: Grouping;
  /** Batches of up to 10 events under way at once; 10 by default. */
  readonly parallelBatches?: number;
}

/** Puts changes on the queue. */
export interface Publisher {
  /**
   * Publishes changes and waits for all of them.
   *
   * @returns one result a change, in their order; never rejects for what the queue answers, or for what
   *   is no change at all: that is `invalid`, and all others are sent
   */
  readonly publish: <Change extends ImageChange>(
    changes: Iterable<Change>,
  ) => Promise<PublishResult<Change>[]>;
  /**
   * Publishes a stream, and takes no more from it than the queue takes.
   *
   * @returns each result as soon as it is known, not in the stream's order; rejects only if the
   *   stream itself does
   */
  readonly publishStream: <Change extends ImageChange>(
    changes: AsyncIterable<Change> | Iterable<Change>,
  ) => AsyncGenerator<PublishResult<Change>, void, undefined>;
}

const SENDER: Sender = { source: '/', type: 'image.updated' };

/**
 * Makes a publisher. One for a process: its events get strictly increasing times, by which the
 * function knows what is newest, whatever order the queue delivers in.
 *
 * Changes of one image are never under way at once: the next one waits until the queue has confirmed
 * the one before. So they keep their order as far as a standard queue knows one.
 *
 * @throws {GroupNeeded} where a FIFO queue is to get messages of no group
 */
export function createPublisher(options: PublisherOptions): Publisher {
  const { queueUrl, client = new SQSClient({}), parallelBatches = 10 } = options;
  const { source = SENDER.source, type = SENDER.type } = options;
  const readEvent = explainingReader(options);
  const nextTime = strictClock(Date.now);
  const dependencies = {
    client,
    queueUrl,
    parallelBatches,
    toEvent: (change: unknown) => toEvent(change, { source, type }, nextTime(), readEvent),
    addressingOf: addressingFor(queueUrl, options.groupBy),
  };
  return {
    publishStream: (changes) => publishStream(changes, dependencies),
    publish: async (changes) => {
      const list = [...changes];
      const results: PublishResult<(typeof list)[number]>[] = [];
      // The list can hold the same object twice.
      const positions = new Map<unknown, number[]>();
      for (const [position, change] of list.entries()) {
        const same = positions.get(change);
        if (same === undefined) positions.set(change, [position]);
        else same.push(position);
      }
      for await (const result of publishStream(list, dependencies)) {
        const position = positions.get(result.change)?.shift();
        if (position !== undefined) results[position] = result;
      }
      return results;
    },
  };
}
