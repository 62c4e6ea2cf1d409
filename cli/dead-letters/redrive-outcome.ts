import { originOf } from './dead-letter.ts';
import { appliedOf, type Fates } from './fate.ts';
import type { Fate } from './fates-in-trail.ts';
import { countsOf } from './groups.ts';
import type { DeadLetterReader } from './reader.ts';
import type { Redriven } from './redrive.ts';
import { type Watching, watch } from './redrive-watch.ts';

/** What became of redriven messages, as far as trail, ledger and queues show. */
export interface RedriveOutcome {
  /** Left the queue and are not dead: FinerWorks has their values, or newer ones. At least. */
  readonly settled: number;
  /** Which of these two it was, where trail or ledger know. At least. */
  readonly fates?: Fates;
  /** Dead again, by reason. */
  readonly deadAgain: Readonly<Record<string, number>>;
  /** May still be in the source queue, or dead among letters that were not seen. At most. */
  readonly waiting: number;
}

interface RedriveOutcomeDependencies extends Watching {
  /** Opens the dead-letter queue. */
  readonly open: () => DeadLetterReader;
}

/**
 * Watches redriven messages, and tells what became of them. Where the trail does not know it of each, the
 * dead-letter queue is read for those that are dead again.
 *
 * A queue can't be searched for one message. If it does not become empty, because others send to it too, the
 * result has bounds instead of counts.
 */
export async function redriveOutcomeOf(
  redriven: readonly Redriven[],
  { open, ...watching }: RedriveOutcomeDependencies,
): Promise<RedriveOutcome> {
  const { depth, fates } = await watch(redriven, watching);
  const unknown = redriven.filter((one) => !fates.has(one));
  const known = [...fates.values()];
  if (unknown.length === 0) return outcomeOf(known, { superseded: 0, waiting: 0 });
  const { dead, unseen } = await deadAmong(unknown, open());
  const alive = unknown.filter((one) => !dead.has(one));
  const { ledger } = watching;
  // What FinerWorks has confirmed waits nowhere, however full the queue is with other events.
  const applied = ledger === undefined ? 0 : await appliedOf(alive, ledger);
  const rest = alive.length - applied;
  const waiting = Math.min(depth + unseen, rest);
  const found: Fate[] = [
    ...known,
    ...[...dead.values()].map((deadAgain) => ({ deadAgain })),
    ...Array.from({ length: applied }, (): Fate => 'applied'),
  ];
  const outcome = outcomeOf(found, { superseded: rest - waiting, waiting });
  if (ledger !== undefined || waiting === rest) return outcome;
  // Nobody knows which it was.
  const { fates: _, ...bounds } = outcome;
  return bounds;
}

/** The letters among which messages are dead again, with their reasons; and how many letters were not seen. */
async function deadAmong(redriven: readonly Redriven[], opened: DeadLetterReader) {
  await using reader = opened;
  const sendings = new Map(redriven.map((one) => [`${one.originMessageId} ${one.count}`, one]));
  const dead = new Map<Redriven, string>();
  for await (const letters of reader.letters()) {
    for (const letter of letters) {
      const one = sendings.get(`${originOf(letter).messageId} ${letter.redrive?.count}`);
      if (one !== undefined) dead.set(one, letter.reason);
    }
  }
  // A FIFO queue gives no letter while an earlier one of its group is held.
  const { seen, visible } = reader.coverage;
  return { dead, unseen: Math.max(0, visible - seen) };
}

function outcomeOf(
  known: readonly Fate[],
  rest: { readonly superseded: number; readonly waiting: number },
): RedriveOutcome {
  const applied = known.filter((fate) => fate === 'applied').length;
  const superseded = known.filter((fate) => fate === 'superseded').length + rest.superseded;
  const deadAgain = countsOf(
    known.flatMap((fate) => (typeof fate === 'object' ? fate.deadAgain : [])),
  );
  const { waiting } = rest;
  return { settled: applied + superseded, fates: { applied, superseded }, deadAgain, waiting };
}
