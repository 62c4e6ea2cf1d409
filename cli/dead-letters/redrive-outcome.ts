import { setTimeout as sleep } from 'node:timers/promises';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Ledger } from '../aws/ledger.ts';
import { depthOf, queueAttributes } from '../aws/queue-attributes.ts';
import { type DeadLetter, originOf } from './dead-letter.ts';
import { appliedOf, type Fates } from './fate.ts';
import type { DeadLetterReader } from './reader.ts';
import type { Redriven } from './redrive.ts';

/** How often the depth of the queue is read, in milliseconds. */
const READ_INTERVAL = 1_000;
/** SQS's count lags behind: the queue counts as empty only after so many zeros in a row. */
const ZEROS = 3;

/** What became of redriven messages, as far as the queues show. */
export interface RedriveOutcome {
  /** Left the queue and are not dead: FinerWorks has their values, or newer ones. At least. */
  readonly settled: number;
  /** Which of these two it was, where the ledger knows. At least. */
  readonly fates?: Fates;
  /** Dead again, by reason. */
  readonly deadAgain: Readonly<Record<string, number>>;
  /** May still be in the source queue, or dead among letters that were not seen. At most. */
  readonly waiting: number;
}

interface RedriveOutcomeDependencies {
  readonly client: SQSClient;
  readonly queueUrl: string;
  /** Opens the dead-letter queue. */
  readonly open: () => DeadLetterReader;
  readonly stop: AbortSignal;
  readonly waitSeconds: number;
  /** Undefined where there is none. */
  readonly ledger: Ledger | undefined;
}

/**
 * Waits until the source queue is empty, then finds the messages that are dead again.
 *
 * A queue can't be searched for one message. If the queue does not become empty, because others send to
 * it too, the result has bounds instead of counts.
 */
export async function redriveOutcomeOf(
  redriven: readonly Redriven[],
  { client, queueUrl, open, stop, waitSeconds, ledger }: RedriveOutcomeDependencies,
): Promise<RedriveOutcome> {
  const depth = await depthAfter(client, queueUrl, waitSeconds, stop);
  const counts = new Map(redriven.map(({ originMessageId, count }) => [originMessageId, count]));
  const dead: DeadLetter[] = [];
  await using reader = open();
  for await (const letters of reader.letters()) {
    const again = letters.filter(
      (letter) =>
        letter.redrive !== undefined &&
        letter.redrive.count === counts.get(originOf(letter).messageId),
    );
    dead.push(...again);
  }
  const deadIds = new Set(dead.map((letter) => originOf(letter).messageId));
  const alive = redriven.filter(({ originMessageId }) => !deadIds.has(originMessageId));
  // A FIFO queue gives no letter while an earlier one of its group is held.
  const { seen, visible } = reader.coverage;
  const unseen = depth + Math.max(0, visible - seen);
  // What FinerWorks has confirmed waits nowhere, however full the queue is with other events.
  const applied = ledger === undefined ? undefined : await appliedOf(alive, ledger);
  const waiting = Math.min(unseen, alive.length - (applied ?? 0));
  const settled = alive.length - waiting;
  return {
    settled,
    ...(applied !== undefined && { fates: { applied, superseded: settled - applied } }),
    deadAgain: Object.fromEntries(
      [...Map.groupBy(dead, ({ reason }) => reason)].map(([reason, all]) => [reason, all.length]),
    ),
    waiting,
  };
}

/** @returns how many messages the queue holds: 0, or what is left when the time is over */
async function depthAfter(
  client: SQSClient,
  queueUrl: string,
  waitSeconds: number,
  stop: AbortSignal,
): Promise<number> {
  const end = Date.now() + waitSeconds * 1_000;
  let zeros = 0;
  while (true) {
    const depth = depthOf(await queueAttributes(client, queueUrl));
    zeros = depth === 0 ? zeros + 1 : 0;
    if (zeros === ZEROS || Date.now() >= end || stop.aborted) return depth;
    await sleep(READ_INTERVAL, undefined, { signal: stop }).catch(() => {});
  }
}
