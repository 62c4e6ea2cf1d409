import { expect, test } from '@jest/globals';
import { findEvents } from '../../../cli/trail/find-events.ts';
import { type Look, lookUp } from '../../../cli/trail/look-up.ts';
import { trailRecord } from '../../helpers/trail.ts';

const HOUR = 3_600_000;
const NOW = 100 * HOUR;

/** A trail with so many records in each hour, the newest hour first. */
function trailOf(...counts: readonly number[]): Look {
  return (period, wanted) =>
    lookUp(
      async function* () {
        for (const [ago, count] of counts.entries()) {
          const at = NOW - ago * HOUR;
          const records = Array.from({ length: count }, () => trailRecord({ at }));
          yield { startsAt: at, records, items: 1, bytes: 1, readUnits: 0.5, unreadable: 0 };
        }
      },
      period,
      wanted,
      { stop: new AbortController().signal },
    );
}

test.each([
  ['fewer than the limit', [2, 1, 0], 4, { listed: 3, hours: 3, isMore: false }],
  ['as many, and nothing is left', [2, 0, 1], 3, { listed: 3, hours: 3, isMore: false }],
  ['as many, and hours are left', [2, 1, 1], 3, { listed: 3, hours: 2, isMore: true }],
  ['more in the last hour that is read', [2, 2, 0], 3, { listed: 3, hours: 2, isMore: true }],
])('nothing before what is enough is read: %s', async (_name, counts, limit, expected) => {
  const period = { since: NOW - 2 * HOUR, until: NOW };
  const { records, reading, isMore } = await findEvents(trailOf(...counts), period, limit);
  expect({ listed: records.length, hours: reading.hours, isMore }).toEqual(expected);
});
