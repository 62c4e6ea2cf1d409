import { expect, test } from '@jest/globals';
import { inFreshOrder } from '../../../lambda/records/fresh-order.ts';
import { unparsedRecord } from '../../../lambda/records/parse-record.ts';
import { sqsRecord } from '../../helpers/records.ts';

const IMAGES = [1, 2, 3, 4, 5];
const first = () => 0;
const received = (...counts: number[]) =>
  counts.map((receiveCount) => unparsedRecord(sqsRecord({ receiveCount }), { kind: 'applied' }));

test('images keep their order where all records come for the first time', () => {
  expect(inFreshOrder(IMAGES, received(1, 1), first)).toBe(IMAGES);
});

test('images are shuffled where one record came back, since the last ones were perhaps never sent', () => {
  const shuffled = inFreshOrder(IMAGES, received(1, 2), first);
  expect(shuffled).not.toEqual(IMAGES);
  expect(shuffled.toSorted()).toEqual(IMAGES);
});
