import { shortened } from '../../lambda/records/origin.ts';
import type { TrailRecord } from '../../lambda/trail/read-trail.ts';
import type { Trail } from '../aws/trail.ts';
import type { Redriven } from './redrive.ts';

/** What became of a redriven message. */
export type Fate = 'applied' | 'superseded' | { readonly deadAgain: string };

/** Clocks of functions and of this machine differ by less, in milliseconds. */
const CLOCK_MARGIN = 300_000;

/**
 * What the trail says of redriven messages; those that wait, or that it does not have, are left out.
 *
 * @param since when the first of them was sent, in milliseconds since 1970
 */
export async function fatesInTrail(
  redriven: readonly Redriven[],
  trail: Trail,
  since: number,
): Promise<Map<Redriven, Fate>> {
  const known = new Map<string, Fate>();
  const period = { from: since - CLOCK_MARGIN, to: Date.now() + CLOCK_MARGIN };
  for await (const { records } of trail(period)) {
    for (const record of records) {
      const { origin } = record;
      const fate = fateIn(record);
      if (origin === undefined || fate === undefined) continue;
      const key = keyOf(origin.messageId, origin.redrives);
      // The newest comes first.
      if (!known.has(key)) known.set(key, fate);
    }
  }
  return new Map(
    redriven.flatMap((one) => {
      const fate = known.get(keyOf(shortened(one.originMessageId), one.count));
      return fate === undefined ? [] : [[one, fate] as const];
    }),
  );
}

function keyOf(originMessageId: string, redrives: number | undefined): string {
  return `${originMessageId} ${redrives}`;
}

/** @returns undefined where it came back to the queue, or a later version of the function says something else */
function fateIn({ verdict, reason = 'unknown' }: TrailRecord): Fate | undefined {
  switch (verdict) {
    case 'applied':
      return 'applied';
    case 'unchanged':
    case 'superseded':
      return 'superseded';
    case 'dead-lettered':
      return { deadAgain: reason };
    default:
      return undefined;
  }
}
