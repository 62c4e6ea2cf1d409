import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { LocalSystem } from '../../local/system.ts';
import { startCli } from '../helpers/cli.ts';
import { temporaryFolder } from '../helpers/folder.ts';
import { startTestSystem, until } from '../helpers/local-run.ts';
import { guid } from '../helpers/records.ts';

const FAST = ['--calls-per-second', '1000'];

let system: LocalSystem;
beforeAll(async () => {
  system = await startTestSystem();
});
afterAll(async () => {
  await system[Symbol.asyncDispose]();
});

describe('preview of 10,000 images', () => {
  const COUNT = 10_000;
  /** In megabytes. */
  const HEAP = 128;
  const environment = () => ({
    ...system.environment,
    ...system.functionEnvironment,
    NODE_OPTIONS: `--max-old-space-size=${HEAP}`,
  });
  /** 180 MB in all: more than the heap has room for. */
  const text = 'description '.repeat(1_500);
  const eventsOf = (description: string) => {
    const guids = Array.from({ length: COUNT }, (_, n) => guid(100_000 + n));
    system.standIn.images.add(guids, { library: 'inventory', description: 'old' });
    return guids.map((guid) => JSON.stringify({ guid, description })).join('\n');
  };

  test('makes 200 calls, and holds little of a file that is larger than its memory', async () => {
    await using folder = await temporaryFolder();
    const file = await folder.write('e.ndjson', eventsOf(text));
    const before = system.standIn.requests.length;
    const { code, stdout } = await startCli(['preview', ...FAST, file], environment()).ended;
    expect(code).toBe(0);
    expect(stdout.trimEnd().split('\n').at(-1)).toBe(
      '10,000 images: 10,000 changed. 200 calls, nothing was changed.',
    );
    const guids = system.standIn.requests
      .slice(before)
      .map(({ body }) => JSON.parse(body).guid_filter.length);
    expect(guids).toEqual(Array(200).fill(50));
  });

  test('Ctrl-C ends it after the call under way, with what was seen until then, and 130', async () => {
    await using folder = await temporaryFolder();
    const file = await folder.write('e.ndjson', eventsOf('new'));
    const before = system.standIn.requests.length;
    const { child, ended } = startCli(['preview', '--json', ...FAST, file], environment());
    await until(() => system.standIn.requests.length > before + 3);
    child.kill('SIGINT');
    const { code, stdout } = await ended;
    const lines = stdout.trimEnd().split('\n');
    const { complete, counts, calls } = JSON.parse(lines.at(-1) ?? '');
    expect([code, complete]).toEqual([130, false]);
    expect(system.standIn.requests.length - before).toBe(calls);
    expect(counts.images).toBe(lines.length - 1);
    expect(counts.images).toBeLessThan(COUNT);
  });
});
