import { setTimeout as sleep } from 'node:timers/promises';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { MAX_BATCH_BYTES } from '../lambda/queue/batch-requests.ts';
import { Batch } from './batch.ts';
import type { ImageChange, InvalidEvent, ValidEvent } from './event.ts';
import type { Addressing } from './message-group.ts';
import type { PublishResult } from './publish-result.ts';
import { sendBatch } from './send-batch.ts';

/** How long a batch waits to be filled while the stream brings nothing, in milliseconds. */
const LINGER = 100;

/** What a stream of changes needs. */
export interface StreamDependencies {
  readonly client: SQSClient;
  readonly queueUrl: string;
  /** Batches under way at once. */
  readonly parallelBatches: number;
  readonly toEvent: (change: unknown) => ValidEvent | InvalidEvent;
  readonly addressingOf: (event: ValidEvent) => Addressing;
}

/** What the loop waits for: the next change, a batch that is settled, or that nothing comes. */
type Step<Change extends ImageChange> =
  | { readonly kind: 'change'; readonly next: IteratorResult<Change> }
  | {
      readonly kind: 'settled';
      readonly batch: Batch<Change>;
      readonly results: readonly PublishResult<Change>[];
    }
  | { readonly kind: 'idle' };

/**
 * Publishes a stream of changes. Takes the next change only while there is room for another batch,
 * and no change of an image while one of the same image is not confirmed.
 */
export async function* publishStream<Change extends ImageChange>(
  changes: AsyncIterable<Change> | Iterable<Change>,
  { client, queueUrl, parallelBatches, toEvent, addressingOf }: StreamDependencies,
): AsyncGenerator<PublishResult<Change>, void, undefined> {
  const iterator = asyncIteratorOf(changes);
  const underWay = new Map<Batch<Change>, Promise<Step<Change>>>();
  let batch = new Batch<Change>();

  const start = () => {
    const started = batch;
    if (started.entries.length === 0) return;
    batch = new Batch<Change>();
    const sending = sendBatch(client, queueUrl, started);
    underWay.set(
      started,
      sending.then((results) => ({ kind: 'settled', batch: started, results })),
    );
  };
  const take = (): Promise<Step<Change>> =>
    iterator.next().then((next) => ({ kind: 'change', next }));
  const settleOne = async () => {
    const step = await Promise.race(underWay.values());
    if (step.kind !== 'settled') return [];
    underWay.delete(step.batch);
    return step.results;
  };
  const isBusy = ({ guids }: ValidEvent) =>
    [...underWay.keys()].some((other) => other.changesAnyOf(guids));

  try {
    let next = take();
    for (;;) {
      const step = await firstOf([next, ...underWay.values()], batch.entries.length > 0);
      if (step.kind === 'idle') start();
      else if (step.kind === 'settled') {
        underWay.delete(step.batch);
        yield* step.results;
      } else {
        if (step.next.done === true) break;
        const change = step.next.value;
        const event = toEvent(change);
        const refusal = refusalOf(change, event);
        if (refusal !== undefined) yield refusal;
        else if (event.kind === 'valid') {
          if (batch.changesAnyOf(event.guids) || !batch.hasRoomFor(event)) start();
          while (isBusy(event) || underWay.size >= parallelBatches) yield* await settleOne();
          batch.add(change, event, addressingOf(event));
        }
        next = take();
      }
    }
    start();
    while (underWay.size > 0) yield* await settleOne();
  } finally {
    // The source is closed even if the caller stops halfway.
    await iterator.return?.();
  }
}

/** What is not sent at all, and why; undefined for what is. */
function refusalOf<Change extends ImageChange>(
  change: Change,
  event: ValidEvent | InvalidEvent,
): PublishResult<Change> | undefined {
  if (event.kind === 'invalid') {
    return { change, status: 'invalid', reason: event.reason, detail: event.detail };
  }
  if (Buffer.byteLength(event.body) <= MAX_BATCH_BYTES) return undefined;
  const cause = `larger than the ${MAX_BATCH_BYTES} bytes that SQS takes`;
  return { change, status: 'failed', eventId: event.id, cause };
}

async function firstOf<Change extends ImageChange>(
  steps: readonly Promise<Step<Change>>[],
  isLingering: boolean,
): Promise<Step<Change>> {
  if (!isLingering) return await Promise.race(steps);
  const ended = new AbortController();
  const idle: Promise<Step<Change>> = sleep(LINGER, { kind: 'idle' } as const, {
    signal: ended.signal,
  });
  // Nothing awaits its rejection when it is cut short.
  idle.catch(() => {});
  try {
    return await Promise.race([...steps, idle]);
  } finally {
    ended.abort();
  }
}

async function* asyncIteratorOf<Change>(
  changes: AsyncIterable<Change> | Iterable<Change>,
): AsyncGenerator<Change, void, undefined> {
  yield* changes;
}
