import type { DeadLetter } from '../../../cli/dead-letters/dead-letter.ts';
import { detailOf } from '../../../cli/dead-letters/filter.ts';
import {
  type DetailGroup,
  groupDetailOf,
  groupsOf as groupsByReason,
} from '../../../cli/dead-letters/groups.ts';
import { summaryOf } from '../../../cli/dead-letters/summary.ts';
import { hashOf } from '../../../lambda/general/hash.ts';

/** Dead letters of one reason and one detail. */
export interface Group
  extends Pick<DetailGroup, 'detail' | 'count' | 'first' | 'last' | 'daysLeft'> {
  readonly key: string;
  readonly reason: string;
}

/** Names the group of a letter: what is wrong with many images is said of each in its own words. */
export function groupKeyOf(letter: DeadLetter): string {
  return keyOf(letter.reason, detailOf(letter));
}

function keyOf(reason: string, detail: string): string {
  return hashOf(`${reason} ${groupDetailOf(detail)}`);
}

/** Groups letters, the largest group first, then the newest. @param now milliseconds since 1970 */
export function groupsOf(
  letters: readonly DeadLetter[],
  retentionSeconds: number,
  now: number,
): Group[] {
  const summaries = letters.map((letter) => summaryOf(letter, retentionSeconds, now));
  return groupsByReason(summaries)
    .flatMap(({ reason, details }) =>
      details.map(({ letters: [newest], detail, count, first, last, daysLeft }) => ({
        key: keyOf(reason, newest?.detail ?? detail),
        ...{ reason, detail, count, first, last, daysLeft },
      })),
    )
    .toSorted((one, other) => other.count - one.count || other.last.localeCompare(one.last));
}
