import { describe, expect, test } from '@jest/globals';
import type { Facts } from '../../../infra/doctor/probed.ts';
import type { ReadingName } from '../../../local/finerworks/readings.ts';
import { ORIGINALS, PROBE_KEYS, SUBJECTS, startProbed, textsOf } from '../../helpers/probe.ts';

const READINGS: readonly (readonly [readonly ReadingName[], Facts])[] = [
  [
    [],
    {
      keys: 'accepted',
      pages: 'kept',
      count: 'matching',
      defaultPage: 10,
      filter: 'kept',
      guidCase: 'folded',
      guidsWritten: 'lower',
      unknownFilter: 'empty',
      products: 'shown',
      inventoryFilter: 'kept',
      session: 'any',
      longestShown: { title: 10, description: 17 },
      limitHeaders: {},
      single: 'taken',
      many: 'all',
      listing: 'none',
      unknownGuid: 'refusesAll',
      omitted: 'kept',
      nulls: 'kept',
      empty: 'blanked',
      titleLength: { whole: 1_000 },
      descriptionLength: { whole: 4_000 },
      emoji: 'kept',
      entities: 'kept',
      blanks: 'kept',
      lineBreaks: 'kept',
    },
  ],
  [
    ['first-only', 'cut-texts'],
    {
      many: 'first',
      titleLength: { whole: 50, tooLong: 1_000, beyond: 'cut' },
      descriptionLength: { whole: 1_000, tooLong: 4_000, beyond: 'cut' },
      emoji: 'kept',
    },
  ],
  [
    ['blank-omitted', 'trim-texts', 'decode-entities', 'unknown-only-itself'],
    {
      many: 'all',
      listing: 'asTaken',
      unknownGuid: 'named',
      omitted: 'blanked',
      nulls: 'blanked',
      blanks: 'trimmed',
      entities: 'decoded',
    },
  ],
  [
    ['no-products', 'guids-in-capitals', 'guid-case-kept', 'unknown-ignored'],
    {
      products: 'absent',
      inventoryFilter: 'kept',
      guidsWritten: 'upper',
      guidCase: 'kept',
      unknownGuid: 'passedOver',
      omitted: 'kept',
      titleLength: { whole: 1_000 },
    },
  ],
  [
    ['late-list', 'blank-omitted', 'trim-texts'],
    { single: 'taken', listSeconds: 2, many: 'all', omitted: 'blanked', blanks: 'trimmed' },
  ],
];

describe('the probe finds out which reading is true, and leaves no trace', () => {
  test.each(READINGS)('%j', async (readings, facts) => {
    await using probed = await startProbed(...readings);
    const { code, json } = await probed.probe('--write', ...SUBJECTS, '--yes');
    expect(json.facts).toMatchObject(facts);
    expect(json.putBack).toMatchObject({ left: [] });
    expect(code).toBe(0);
    expect(textsOf(probed.standIn)).toEqual(ORIGINALS);
    expect(probed.standIn.requests.length).toBeLessThanOrEqual(60);
    expect(json.calls).toBe(probed.standIn.requests.length);
  });

  test('that some images are taken by chance', async () => {
    await using probed = await startProbed('random-subset');
    const { json } = await probed.probe('--write', ...SUBJECTS, '--yes');
    // By chance all four calls of two take both, or the first.
    expect(['some', 'first', 'all']).toContain(json.facts.many);
    expect(textsOf(probed.standIn)).toEqual(ORIGINALS);
  });
});

describe('the table', () => {
  test('says what was assumed, what was seen, and what to set', async () => {
    await using probed = await startProbed('first-only', 'cut-texts');
    const { code, stdout, stderr } = await probed.show('--write', ...SUBJECTS, '--yes');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {4}assumption +seen +what to set$/m);
    expect(stdout).toMatch(/^!! {2}a success is one of each image of .* maxImagesPerCall: 1, or/m);
    expect(stdout).toMatch(/^!! {2}a title is kept whole +up to 50 .* maxTitleLength: 50$/m);
    expect(stdout).toContain('Both images are as they were before.');
    for (const key of Object.values(PROBE_KEYS)) expect(stdout + stderr).not.toContain(key);
  });

  test('without --write nothing is changed, and what only that shows is told', async () => {
    await using probed = await startProbed();
    const { code, stdout } = await probed.show();
    expect(code).toBe(0);
    expect(probed.standIn.requests.filter(({ method }) => method === 'PUT')).toEqual([]);
    expect(stdout).toMatch(
      /^\?\? {2}an update of one image is taken +not seen: only --write shows it$/m,
    );
  });
});
