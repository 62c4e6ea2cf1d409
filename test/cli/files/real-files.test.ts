import { execFileSync, spawnSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { cli } from '../../helpers/cli.ts';
import { temporaryFolder } from '../../helpers/folder.ts';
import { REAL_FILES, type RealFile } from '../../helpers/real-files.ts';

const Fault = z.object({ line: z.int(), reason: z.string(), detail: z.string() });

/** What `validate` says of a file, for programs and for people. */
async function validated({ name, content }: RealFile) {
  await using folder = await temporaryFolder();
  const file = await folder.write(name, content);
  const { code, stdout } = await cli(['validate', '--json', file]);
  const lines: unknown[] = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const Checked = z.object({
    files: z.tuple([
      z.object({ events: z.int(), faults: z.int(), cleared: z.unknown(), notes: z.unknown() }),
    ]),
  });
  const [check] = Checked.parse(lines.pop()).files;
  const told = (await cli(['validate', file])).stdout.replaceAll(file, 'FILE');
  return { code, check, faults: lines.map((line) => Fault.parse(line)), told };
}

describe('a file that programs of producers write', () => {
  test.each(REAL_FILES)('$name, $kind, is told of rightly', async (realFile) => {
    const { events, fault, remarks = [], cleared = { titles: 0, descriptions: 0 } } = realFile;
    const { code, check, faults, told } = await validated(realFile);
    expect(check).toMatchObject({ events, cleared });
    if (fault === undefined) {
      expect([code, faults]).toEqual([0, []]);
    } else {
      const { line, reason = 'MalformedFile', says } = fault;
      expect(code).toBe(1);
      expect(faults).toMatchObject([{ line, reason, detail: expect.stringMatching(says) }]);
      expect(told).toContain(`FILE:${line}: ${reason}: `);
    }
    const [, ...after] = told
      .split('\n')
      .filter((line) => line.startsWith('FILE: '))
      .map((line) => line.slice('FILE: '.length));
    expect(after).toEqual(remarks.map((remark) => expect.stringMatching(remark)));
  });

  const jq = spawnSync('jq', ['--version']).status === 0 ? test : test.skip;

  jq.each(REAL_FILES.filter(({ fault }) => /jq/.test(fault?.says.source ?? '')))(
    '$name gives its events to the jq that is advised',
    async (realFile) => {
      await using folder = await temporaryFolder();
      const file = await folder.write(realFile.name, realFile.content);
      const { told } = await validated(realFile);
      const filter = /jq -c '(.*)' FILE/.exec(told)?.[1] ?? '';
      const taken = execFileSync('jq', ['-c', filter, file], { encoding: 'utf8' });
      const { code, stdout } = await cli(['validate', '-'], taken);
      expect([code, stdout]).toEqual([0, '-: 1 event, all valid\n']);
    },
  );
});
