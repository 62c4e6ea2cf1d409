import { describe, expect, test } from '@jest/globals';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { PROBE_FILE, type Probed } from '../../../infra/doctor/probed.ts';
import { diagnoseProbe } from '../../../infra/doctor/saved-probe.ts';
import { ImageUpdates } from '../../../infra/image-updates.ts';
import { SharedFields } from '../../../infra/setting-fields.ts';
import { temporaryFolder } from '../../helpers/folder.ts';
import { CODE, testStack } from '../template.ts';

const PROBED: Probed = {
  format: 1,
  at: '2026-11-26T10:00:00.000Z',
  apiUrl: 'https://api.finerworks.com',
  calls: 40,
  facts: { titleLength: { whole: 50, tooLong: 1_000, beyond: 'cut' } },
  notSeen: { many: 'only --write shows it' },
};
const SETTINGS = SharedFields.parse({});

describe('synth', () => {
  test('warns of settings that are at odds with the probe that was kept', async () => {
    await using folder = await temporaryFolder();
    const probe = await folder.write(PROBE_FILE, JSON.stringify(PROBED));
    const stack = testStack();
    new ImageUpdates(stack, 'ImageUpdates', { code: CODE, probe });
    const found = Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('probe of'));
    expect(found.map(({ entry }) => entry.data)).toEqual([
      expect.stringContaining(`set it to 50 (seen by the probe of 2026-11-26, ${probe})`),
    ]);
  });

  test('without a probe in the working folder says nothing', () => {
    expect(diagnoseProbe(SETTINGS, undefined)).toEqual([]);
  });

  test.each([
    ['is not there', undefined],
    ['is no JSON', 'no'],
    ['is another file', '{"format": 2}'],
  ])('warns of a file that %s', async (_name, content) => {
    await using folder = await temporaryFolder();
    const file = content === undefined ? folder.at('a') : await folder.write('a', content);
    const said = content === undefined ? 'is not there' : expect.stringContaining('run that again');
    expect(diagnoseProbe(SETTINGS, file)).toEqual([
      { rule: 'probe', setting: file, message: said },
    ]);
  });
});
