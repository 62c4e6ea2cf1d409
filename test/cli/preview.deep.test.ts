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

test('preview takes lengths of texts from a saved probe of the same API, where none are given', async () => {
  await using folder = await temporaryFolder();
  system.standIn.images.add([guid(2)], { library: 'inventory', title: 'Same' });
  const environment = { ...system.environment, ...system.functionEnvironment };
  const facts = {
    titleLength: { whole: 5, tooLong: 6, beyond: 'cut' },
    descriptionLength: { whole: 4, tooLong: 5, beyond: 'refused' },
  };
  const probed = { format: 1, at: '2026-11-20T10:00:00Z', calls: 9, facts, notSeen: {} };
  const save = (apiUrl: string) =>
    folder.write('image-updates.probe.json', JSON.stringify({ ...probed, apiUrl }));
  await save(system.standIn.url);
  const file = await folder.write(
    'e.ndjson',
    JSON.stringify({ guid: guid(2), title: 'longer', description: 'longer' }),
  );
  const run = (...options: string[]) =>
    startCli(['preview', file, ...options], environment, folder.path).ended;
  const { code, stdout } = await run();
  expect([code, stdout]).toEqual([
    1,
    [
      'image-updates.probe.json of 2026-11-20: title 5, longer ones are cut; description 4, longer ones are refused',
      `${guid(2)}: changed`,
      '  title        "Same" → "longer"',
      '  description  "" → "longer"',
      '  would be cut: title, 6 characters of at most 5',
      '  would be refused: description, 6 characters of at most 4',
      '1 image: 1 changed; 1 would be cut, 1 would be refused as too long. 1 call, nothing was changed.',
      '',
    ].join('\n'),
  ]);
  const given = await run('--max-title-length', '6', '--max-description-length', '6');
  expect(given.code).toBe(0);
  await save('https://api.finerworks.com');
  expect((await run()).code).toBe(0);
});
