import { type DeadLetter, timeOfDeath } from '../../../cli/dead-letters/dead-letter.ts';
import { detailOf } from '../../../cli/dead-letters/filter.ts';
import { groupDetailOf } from '../../../cli/dead-letters/groups.ts';
import { type Summary, summaryOf } from '../../../cli/dead-letters/summary.ts';
import { momentOf } from '../../../cli/terminal/moment.ts';
import { hashOf } from '../../../lambda/general/hash.ts';

/** Dead letters of one reason and one detail. */
export interface Group {
  readonly key: string;
  readonly reason: Summary['reason'];
  /** With `…` for what is each letter's own. */
  readonly detail: string;
  readonly count: number;
  /** When the first and the last of them died. */
  readonly first: string;
  readonly last: string;
  /** Until SQS deletes the one that goes first. */
  readonly daysLeft: number;
}

/** The group of a letter: what is wrong with many images is said of each in its own words. */
export function groupOf(letter: DeadLetter): Pick<Group, 'key' | 'reason' | 'detail'> {
  const { reason } = letter;
  const detail = groupDetailOf(detailOf(letter));
  return { key: hashOf(`${reason} ${detail}`), reason, detail };
}

/** Groups letters, the largest group first. @param now milliseconds since 1970 */
export function groupsOf(
  letters: readonly DeadLetter[],
  retentionSeconds: number,
  now: number,
): Group[] {
  const groups = Map.groupBy(letters, (letter) => groupOf(letter).key);
  return [...groups.values()]
    .flatMap((all) => {
      const [one] = all;
      if (one === undefined) return [];
      const times = all.map(timeOfDeath);
      const left = all.map((letter) => summaryOf(letter, retentionSeconds, now).daysLeft);
      return {
        ...groupOf(one),
        count: all.length,
        first: momentOf(Math.min(...times)),
        last: momentOf(Math.max(...times)),
        daysLeft: Math.min(...left),
      };
    })
    .toSorted((one, other) => other.count - one.count);
}
