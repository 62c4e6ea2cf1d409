import { describe, expect, test } from '@jest/globals';
import { type Change, loneUpdate } from '../../../lambda/images/change.ts';
import type { ParsedRecord } from '../../../lambda/records/parse-record.ts';
import { settle } from '../../../lambda/settlement/settle.ts';
import type { Rejected, Retried, Verdict } from '../../../lambda/verdicts/verdict.ts';
import { VerdictRegistry } from '../../../lambda/verdicts/verdict-registry.ts';
import { readingOf } from '../../helpers/readings.ts';
import { guid } from '../../helpers/records.ts';

const APPLIED: Verdict = { kind: 'applied' };
const UNCHANGED: Verdict = { kind: 'unchanged' };
const SUPERSEDED: Verdict = { kind: 'superseded' };
const RETRIED: Retried = { kind: 'retry', reason: 'Timeout', detail: 'no answer' };
const refused = (n: number, detail = 'no'): Rejected => ({
  ...{ kind: 'rejected', reason: 'Refused', detail },
  guids: [guid(n)],
});

/** A record of so many images. */
const readingOfImages = (count: number): ParsedRecord =>
  readingOf({
    body: { images: Array.from({ length: count }, (_, n) => ({ guid: guid(n), title: 'a' })) },
  });

/** What becomes of a record whose images got these verdicts, each any number of them. */
function settled(...verdicts: readonly (readonly Verdict[])[]): Verdict | undefined {
  const registry = new VerdictRegistry();
  const parsed = readingOfImages(verdicts.length);
  for (const [at, one] of parsed.changes.entries()) {
    for (const verdict of verdicts[at] ?? []) registry.record(loneUpdate(one), verdict);
  }
  return settle([parsed], registry)[0]?.verdict;
}

describe('a record is', () => {
  test.each([APPLIED, UNCHANGED, SUPERSEDED])('$kind where all of it is', (verdict) => {
    expect(settled([verdict])).toEqual(verdict);
    expect(settled([verdict], [verdict])).toEqual(verdict);
  });

  test('applied where anything of it was, and else unchanged where anything was', () => {
    expect(settled([SUPERSEDED], [UNCHANGED], [APPLIED])).toEqual(APPLIED);
    expect(settled([SUPERSEDED], [UNCHANGED])).toEqual(UNCHANGED);
    expect(settled([SUPERSEDED, UNCHANGED, APPLIED])).toEqual(APPLIED);
  });

  test('retried whole where any image has to be, whatever became of the others', () => {
    expect(settled([APPLIED], [RETRIED], [refused(2)])).toBe(RETRIED);
    expect(settled([RETRIED])).toBe(RETRIED);
    expect(settled([APPLIED, RETRIED])).toBe(RETRIED);
  });

  test('retried where an image has no verdict: that must never pass for success', () => {
    const unknown = {
      ...{ kind: 'retry', reason: 'Unexpected' },
      detail: 'an image of the record got no verdict',
    };
    expect(settled([])).toEqual(unknown);
    expect(settled([APPLIED], [])).toEqual(unknown);
    const parsed = { ...readingOfImages(1), changes: [] };
    expect(settle([parsed], new VerdictRegistry())[0]?.verdict).toEqual(unknown);
  });

  test('rejected where any image was, and one dead letter tells of all of them', () => {
    expect(settled([refused(0)])).toEqual(refused(0));
    expect(settled([APPLIED], [refused(1)])).toEqual(refused(1));
    expect(settled([refused(0, 'no')], [refused(1, 'never')], [refused(2, 'no')])).toEqual({
      ...refused(0),
      detail: 'no; never',
      guids: [guid(0), guid(1), guid(2)],
    });
    const nameless: Rejected = { kind: 'rejected', reason: 'Refused', detail: 'no' };
    expect(settled([nameless])).toEqual({ ...nameless, guids: [] });
  });

  test('what it was found to be when it was read', () => {
    const rejected = readingOf({ body: '{' });
    expect(settle([rejected], new VerdictRegistry())).toEqual([
      { parsed: rejected, verdict: rejected.verdict },
    ]);
  });
});

test('each record gets its own verdict, though two of them are the same message', () => {
  const registry = new VerdictRegistry();
  const [one, other] = [readingOfImages(1), readingOfImages(1)];
  const first = (parsed: ParsedRecord): Change | undefined => parsed.changes[0];
  const [ofOne, ofOther] = [first(one), first(other)];
  if (ofOne) registry.record(loneUpdate(ofOne), APPLIED);
  if (ofOther) registry.record(loneUpdate(ofOther), RETRIED);
  expect(settle([one, other], registry).map(({ verdict }) => verdict)).toEqual([APPLIED, RETRIED]);
});
