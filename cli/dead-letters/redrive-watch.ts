import { setTimeout as sleep } from 'node:timers/promises';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Ledger } from '../aws/ledger.ts';
import { depthOf, queueAttributes } from '../aws/queue-attributes.ts';
import type { Trail } from '../aws/trail.ts';
import { describeError } from '../errors.ts';
import { appliedOf } from './fate.ts';
import { type Fate, fatesInTrail } from './fates-in-trail.ts';
import type { Redriven } from './redrive.ts';

/** How often it looks, in milliseconds. */
const INTERVAL = 1_000;
/** SQS's count lags behind: the queue counts as empty only after so many zeros in a row. */
const ZEROS = 3;

/** What tells what became of messages. */
export interface Watching {
  readonly client: SQSClient;
  readonly queueUrl: string;
  readonly stop: AbortSignal;
  /** Milliseconds since 1970: before the first message was sent. */
  readonly since: number;
  readonly waitSeconds: number;
  /** Undefined where there is none. */
  readonly ledger: Ledger | undefined;
  readonly trail: Trail | undefined;
  /** Called with how many are known so far. */
  readonly onKnown: (count: number) => void;
}

/** What was seen until the end of the wait. */
export interface Watched {
  /** How many messages the queue held at last, from all senders. */
  readonly depth: number;
  readonly fates: ReadonlyMap<Redriven, Fate>;
}

/**
 * Watches redriven messages until it is known of each what became of it, or the queue is empty, or the time is
 * over. The trail tells of each; without one the ledger tells at least of those that were applied.
 */
export async function watch(
  redriven: readonly Redriven[],
  { client, queueUrl, stop, since, waitSeconds, ledger, trail, onKnown }: Watching,
): Promise<Watched> {
  const end = Date.now() + waitSeconds * 1_000;
  let zeros = 0;
  while (true) {
    const fates = await fatesOrNone(redriven, trail, since);
    const depth = depthOf(await queueAttributes(client, queueUrl));
    zeros = depth === 0 ? zeros + 1 : 0;
    const isOver = zeros === ZEROS || Date.now() >= end || stop.aborted;
    onKnown(fates.size);
    if (isOver || fates.size === redriven.length) return { depth, fates };
    if (trail === undefined && ledger !== undefined) {
      const applied = await appliedOf(redriven, ledger);
      onKnown(applied);
      if (applied === redriven.length) return { depth, fates };
    }
    await sleep(INTERVAL, undefined, { signal: stop }).catch(() => {});
  }
}

/** The trail is a help: where it can't be read, the queues tell as without one. */
async function fatesOrNone(
  redriven: readonly Redriven[],
  trail: Trail | undefined,
  since: number,
): Promise<ReadonlyMap<Redriven, Fate>> {
  if (trail === undefined) return new Map();
  try {
    return await fatesInTrail(redriven, trail, since);
  } catch (error) {
    if (describeError(error) === undefined) throw error;
    return new Map();
  }
}
