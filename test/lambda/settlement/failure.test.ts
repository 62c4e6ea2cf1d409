import { describe, expect, test } from '@jest/globals';
import { Failure, failureOf, textBeside } from '../../../lambda/settlement/failure.ts';
import { readingOf } from '../../helpers/readings.ts';
import { guid } from '../../helpers/records.ts';

/** Bytes that a text beside a letter may have. */
const MOST = 100_000;

function failureWith(detail: string, id: string | null = 'an id'): Failure {
  const failure = failureOf(
    readingOf({}),
    { kind: 'rejected', reason: 'Refused', detail, guids: [guid(1)] },
    { now: 0, requestId: 'request-1' },
  );
  return { ...failure, origin: { ...failure.origin, id } };
}

const kept = (failure: Failure) => Failure.parse(JSON.parse(textBeside(failure)));

describe('a failure that is kept beside its letter', () => {
  test('is kept whole up to 100,000 bytes', () => {
    const room = MOST - textBeside(failureWith('')).length;
    const full = failureWith('d'.repeat(room));
    expect(kept(full)).toEqual(full);
    expect(kept(failureWith('d'.repeat(room + 1))).detail).toBe(`${'d'.repeat(500)}…`);
  });

  test('goes without an event’s own id that is as long as a message', () => {
    const failure = failureWith('no', 'x'.repeat(2 * MOST));
    expect(kept(failure)).toEqual({ ...failure, origin: { ...failure.origin, id: null } });
  });
});
