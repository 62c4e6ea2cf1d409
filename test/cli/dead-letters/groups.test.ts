import { expect, test } from '@jest/globals';
import { groupDetailOf, groupsOf } from '../../../cli/dead-letters/groups.ts';
import type { Summary } from '../../../cli/dead-letters/summary.ts';
import { guid } from '../../helpers/records.ts';

const summary = (parts: Partial<Summary>): Summary => ({
  ...{ messageId: 'm', originMessageId: 'o', reason: 'Refused', detail: 'no', guids: [] },
  ...{ time: '2026-11-23T10:00:00.000Z', redrives: 0, expiresAt: '', daysLeft: 3 },
  ...parts,
});

test.each([
  [`${guid(1)}: would remove 2 products: AP1556P1, AP1556P2`, 'GUID: would remove 2 products: …'],
  ['images[17].guid: "x" is not a UUID', 'images[…].guid: "…" is not a UUID'],
  [
    'time: 2099-01-01T00:00:00.000000000Z is more than 15 minutes ahead',
    /^time: … is .* 15 minutes/,
  ],
  ['HTTP 400: unknown image', 'HTTP 400: unknown image'],
])('%s is grouped by what others have too', (detail, shared) => {
  expect(groupDetailOf(detail)).toEqual(
    typeof shared === 'string' ? shared : expect.stringMatching(shared),
  );
});

test('a group tells how many there are, since when, of whom, and how long they stay', () => {
  const groups = groupsOf([
    summary({ reason: 'NotJson', detail: 'other' }),
    summary({ detail: `${guid(1)}: no`, time: '2026-11-23T10:00:00.000Z', source: 'shop' }),
    summary({ detail: `${guid(2)}: no`, time: '2026-11-23T12:00:00.000Z', source: 'shop' }),
    summary({ detail: `${guid(3)}: no`, time: '2026-11-23T11:00:00.000Z', daysLeft: 1 }),
  ]);
  expect(groups.map(({ reason, count }) => [reason, count])).toEqual([
    ['Refused', 3],
    ['NotJson', 1],
  ]);
  expect(groups[0]?.details).toMatchObject([
    {
      ...{ detail: 'GUID: no', count: 3, sources: { shop: 2 }, daysLeft: 1 },
      ...{ first: '2026-11-23T10:00:00.000Z', last: '2026-11-23T12:00:00.000Z' },
      letters: [{ detail: `${guid(2)}: no` }, { detail: `${guid(3)}: no` }, {}],
    },
  ]);
});
