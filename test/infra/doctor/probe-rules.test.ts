import { describe, expect, test } from '@jest/globals';
import { contradictions, type ProbedSettings } from '../../../infra/doctor/probe-rules.ts';
import type { Facts } from '../../../infra/doctor/probed.ts';
import { Fields } from '../../../infra/setting-fields.ts';

const API = 'https://api.finerworks.com';
const DEFAULTS = Fields.parse({});

/** What is said of the defaults with some settings, where some facts were seen. */
function saidOf(facts: Facts, settings: Partial<ProbedSettings> = {}): string[] {
  const found = contradictions({ apiUrl: API, facts }, { ...DEFAULTS, ...settings });
  return found.map(({ setting, message }) => `${setting} ${message}`);
}

const CASES: readonly (readonly [string, Facts, Partial<ProbedSettings>, RegExp])[] = [
  ['verify off', { many: 'first' }, { verify: 'off' }, /^verify is off, .* only the first, with/],
  ['a sample', { many: 'some' }, { verify: 'sample' }, /^verify reads a sample, .* only some,/],
  ['calls of two', { many: 'refused' }, {}, /set maxImagesPerCall to 1$/],
  ['one not taken', { single: 'notTaken' }, {}, /^verify should be all/],
  ['unknown guids', { unknownGuid: 'dropsAll' }, {}, /^verify should be all: beside an unknown/],
  [
    'omitted fields',
    { omitted: 'blanked' },
    { omittedFields: 'omit' },
    /^omittedFields is omit, but a field that a call leaves out becomes empty/,
  ],
  [
    'nothing completed',
    { omitted: 'blanked' },
    { virtualInventory: 'remove' },
    /^omittedFields completes nothing where virtualInventory is remove/,
  ],
  [
    'titles cut',
    { titleLength: { whole: 50, tooLong: 1_000, beyond: 'cut' } },
    {},
    /^maxTitleLength is not set, but what is longer than 50 characters is cut: set it to 50$/,
  ],
  [
    'descriptions refused',
    { descriptionLength: { whole: 300, tooLong: 301, beyond: 'refused' } },
    { maxDescriptionLength: 1_000 },
    /^maxDescriptionLength is 1000, but what is longer than 300 characters is refused/,
  ],
  ['products hidden', { products: 'hidden' }, {}, /^virtualInventory protects nothing/],
  [
    'products nowhere',
    { products: 'absent', inventoryFilter: 'ignored' },
    {},
    /^virtualInventory is protect, but nobody can see/,
  ],
  ['sessions', { session: 'matters' }, {}, /^listSessionId is not set/],
  [
    'a limit',
    { limitHeaders: { 'x-ratelimit-limit': '5' } },
    {},
    /^callsPerSecond is not set, but answers tell of a limit \(x-ratelimit-limit: 5\)/,
  ],
  [
    'late lists',
    { listSeconds: 64 },
    {},
    /^timeoutSeconds is 120, but .* after 64 s: .* above 128/,
  ],
];

describe('settings at odds with what a probe saw', () => {
  test.each(CASES)('%s', (_name, facts, settings, said) => {
    expect(saidOf(facts, settings)).toEqual([expect.stringMatching(said)]);
  });

  test.each<[string, Facts, Partial<ProbedSettings>]>([
    ['nothing was seen', {}, { verify: 'off', omittedFields: 'omit' }],
    ['each call is read back', { many: 'first' }, { verify: 'all' }],
    ['calls are of one image', { many: 'first' }, { verify: 'off', maxImagesPerCall: 1 }],
    ['fields are completed', { omitted: 'blanked' }, { omittedFields: 'complete' }],
    ['fields are kept', { omitted: 'kept' }, { omittedFields: 'omit' }],
    [
      'the limit is as long',
      { titleLength: { whole: 50, tooLong: 51, beyond: 'cut' } },
      { maxTitleLength: 50 },
    ],
    ['every text was kept', { titleLength: { whole: 1_000 } }, {}],
    ['products can be asked for', { products: 'absent', inventoryFilter: 'kept' }, {}],
    ['products may be lost', { products: 'hidden' }, { virtualInventory: 'remove' }],
    ['nobody waits for lists', { listSeconds: 64 }, { verify: 'off' }],
  ])('nothing is said where %s', (_name, facts, settings) => {
    expect(saidOf(facts, settings)).toEqual([]);
  });

  test('a probe of another address says nothing', () => {
    expect(saidOf({ many: 'first' }, { apiUrl: 'https://test-api.finerworks.com' })).toEqual([]);
  });
});
