import { expect, test } from '@jest/globals';
import { Snapshot } from '../../../console/server/letters/snapshot.ts';
import { eventDetail } from '../../../console/server/trail/event-detail.ts';
import type { TrailRecord } from '../../../lambda/trail/read-trail.ts';
import { guid } from '../../helpers/records.ts';
import { trailRecord } from '../../helpers/trail.ts';

const READING = {
  ...{ since: '2026-11-26T13:00:00.000Z', hours: 1, items: 1 },
  ...{ bytes: 1, readUnits: 0.5, unreadable: 0 },
};

const detailOf = (records: readonly TrailRecord[]) =>
  eventDetail({ records, reading: READING }, new Snapshot());

test('each dead letter leads to the message as which it was sent again', () => {
  const dead = (messageId: string, at: number, redrives: number) =>
    trailRecord({
      ...{ messageId, at, sentAt: at - 1, letterId: `letter of ${messageId}` },
      ...(redrives > 0 && { origin: { messageId: 'first', sentAt: 9, redrives } }),
    });
  const { rows } = detailOf([dead('third', 30, 2), dead('first', 10, 0), dead('second', 20, 1)]);
  const redriven = rows.flatMap((row) =>
    row.what === 'sent' ? [] : [[row.messageId, row.redrivenAs]],
  );
  expect(redriven).toEqual([
    ['first', ['second']],
    ['second', ['third']],
    ['third', []],
  ]);
});

test('an image has its newest verdict, and is at fault unless others are', () => {
  const both = { guids: [guid(1), guid(2)], images: 2 };
  const { images } = detailOf([
    trailRecord({
      ...both,
      at: 20,
      verdict: 'dead-lettered',
      reason: 'Refused',
      faulty: [guid(2)],
    }),
    trailRecord({ ...both, at: 10, verdict: 'returned', reason: 'Timeout' }),
  ]);
  const newest = { verdict: 'dead-lettered', reason: 'Refused' };
  expect(images).toEqual([
    { guid: guid(1), ...newest, isAtFault: false },
    { guid: guid(2), ...newest, isAtFault: true },
  ]);
});

test('a page is sent no more than it can show, whatever an event holds', () => {
  const guids = Array.from({ length: 9_000 }, (_, n) => guid(n));
  const records = Array.from({ length: 600 }, (_, n) =>
    trailRecord({ at: 2_000_000 + n, guids: n < 3 ? guids : [], images: 9_000 }),
  );
  const detail = detailOf(records);
  expect([detail.rows.length, detail.rowsLeft]).toEqual([500, 101]);
  expect(detail.rows.at(-1)?.at).toBe(new Date(2_000_599).toISOString());
  expect([detail.images.length, detail.imageCount]).toEqual([100, 9_000]);
  expect(JSON.stringify(detailOf(records.slice(0, 3))).length).toBeLessThan(20_000);
});
