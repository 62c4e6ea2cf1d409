import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { LOCAL_KEYS, type LocalSystem } from '../../local/system.ts';
import { cli } from '../helpers/cli.ts';
import { temporaryFolder } from '../helpers/folder.ts';
import { startTestSystem } from '../helpers/local-run.ts';
import { guid } from '../helpers/records.ts';

const OWN_KEYS = { web_api_key: 'web-of-acme', app_key: 'app-of-acme' };
const FAST = ['--calls-per-second', '1000'];

let system: LocalSystem;
beforeAll(async () => {
  system = await startTestSystem({ keysByAccount: { acme: OWN_KEYS } });
  const { images } = system.standIn;
  const library = 'inventory';
  images.add([guid(1)], { library, title: 'Heron', description: 'A bird' });
  images.add([guid(2)], { library, title: 'Same' });
  images.add([guid(3)], { library, title: 'Sold', products: ['AP1', 'AP2'] });
});
beforeEach(() => {
  Object.assign(process.env, system.environment, system.functionEnvironment);
  system.standIn.intercept = undefined;
});
afterAll(async () => {
  await system[Symbol.asyncDispose]();
});

const ndjson = (events: readonly object[]) => events.map((e) => JSON.stringify(e)).join('\n');

/** What `preview` says of events: its exit code, and each line of JSON. */
async function previewOf(events: readonly object[], ...options: string[]) {
  await using folder = await temporaryFolder();
  const file = await folder.write('events.ndjson', ndjson(events));
  const { code, stdout } = await cli(['preview', file, '--json', ...FAST, ...options]);
  const lines = stdout.trimEnd().split('\n');
  const json = lines.map((line) => JSON.parse(line));
  return { code, images: json.slice(0, -1), result: json.at(-1) };
}

describe('preview', () => {
  test('shows old and new of what would change, and counts the rest, without a change', async () => {
    await using folder = await temporaryFolder();
    const rows = `guid,title\n${guid(1)},Blue Heron\n${guid(2)},Same\n${guid(9)},New\n${guid(3)},Other\n`;
    const file = await folder.write('titles.csv', rows);
    const before = system.standIn.requests.length;
    const { code, stdout } = await cli(['preview', file, '--max-title-length', '9']);
    expect(code).toBe(1);
    expect(stdout).toBe(
      [
        `${guid(1)}: changed`,
        '  title        "Heron" → "Blue Heron"',
        '  would be cut: title, 10 characters of at most 9',
        `${guid(9)}: unknown: the library does not list it, so it is sent without a comparison`,
        '  title        → "New"',
        `${guid(3)}: would be rejected as WouldRemoveInventory`,
        '  title        "Sold" → "Other"',
        '  would remove 2 products: AP1, AP2',
        '4 images: 1 changed, 1 unchanged, 1 unknown, 1 would be rejected; 1 would remove products, 1 would be cut. 1 call, nothing was changed.',
        '',
      ].join('\n'),
    );
    const asked = system.standIn.requests.slice(before);
    expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /v3/list_images']);
    expect(await system.queues.depth()).toBe(0);
  });

  test('ends with 0 where every image is or would be as it is wanted', async () => {
    const { code, images, result } = await previewOf([
      { guid: guid(1), description: 'A blue bird' },
      { guid: guid(2), title: 'Same' },
    ]);
    expect(code).toBe(0);
    expect(images).toEqual([
      {
        guid: guid(1),
        account: null,
        outcome: 'changed',
        fields: { description: { from: 'A bird', to: 'A blue bird' } },
        products: [],
        tooLong: {},
      },
    ]);
    expect(result).toMatchObject({
      complete: true,
      counts: { images: 2, changed: 1, unchanged: 1 },
      calls: 1,
    });
  });

  test('of several events on one image the newest counts, by its time and not by its line', async () => {
    const { images } = await previewOf([
      { guid: guid(1), title: 'newest', time: '2026-11-23T12:00:00Z' },
      { guid: guid(1), title: 'old', description: 'of the first', time: '2026-11-23T10:00:00Z' },
      { guid: guid(2), title: 'not yet' },
      { images: [{ guid: guid(2), title: 'Same' }] },
    ]);
    expect(images).toMatchObject([
      { guid: guid(1), fields: { title: { to: 'newest' }, description: { to: 'of the first' } } },
    ]);
  });

  test('images of several accounts are asked for with the keys of each', async () => {
    const { result, images } = await previewOf(
      [
        { guid: guid(1), title: 'Heron', account_key: 'acme' },
        { guid: guid(2), title: 'Other', account_key: 'other' },
      ],
      '--all',
    );
    expect(result).toMatchObject({ calls: 2, counts: { unchanged: 1, changed: 1 } });
    expect(images.map(({ account }) => account).toSorted()).toEqual(['acme', 'other']);
  });

  test('tells which events the function would reject, by their lines, and goes on', async () => {
    process.env.MAX_TITLE_LENGTH = '5';
    const { code, images, result } = await previewOf([
      { guid: guid(1), title: 'too long a title' },
      { guid: guid(2), title: 'late', time: '2999-01-01T00:00:00Z' },
      { guid: guid(2), title: 'Other' },
    ]);
    delete process.env.MAX_TITLE_LENGTH;
    expect(code).toBe(1);
    expect(images).toMatchObject([
      { line: 1, reason: 'InvalidEvent', detail: 'title: longer than 5 characters' },
      { line: 2, reason: 'TimeAhead' },
      { guid: guid(2), outcome: 'changed', fields: { title: { to: 'Other' } } },
    ]);
    expect(result.counts).toMatchObject({ images: 1, changed: 1, rejectedEvents: 2 });
  });

  test('what FinerWorks has is shown and never obeyed by a terminal', async () => {
    await using folder = await temporaryFolder();
    system.standIn.images.add([guid(4)], { library: 'inventory', title: '\u001b[2J\u202ered\nx' });
    const file = await folder.write('e.ndjson', ndjson([{ guid: guid(4), title: '\u009b1m' }]));
    const { stdout } = await cli(['preview', file, ...FAST]);
    expect(stdout).toContain('"\\u001b[2J\\u202ered\\nx" → "\\u009b1m"\n');
    expect((await cli(['preview', file, '--json', ...FAST])).stdout).not.toMatch(/\u009b|\u202e/);
  });

  test('a call that is throttled is made again after the time that FinerWorks asks for', async () => {
    let calls = 0;
    system.standIn.intercept = (_request, response, proceed) => {
      calls += 1;
      if (calls > 1) return proceed();
      response.writeHead(429, { 'retry-after': '0' }).end();
    };
    const { code, result } = await previewOf([{ guid: guid(2), title: 'Same' }]);
    expect([code, result.calls]).toEqual([0, 2]);
  });

  test('ends with 3 and a reason where FinerWorks refuses the keys', async () => {
    const { keys } = system.standIn;
    system.standIn.keys = { web_api_key: 'other', app_key: 'other' };
    const { code, result } = await previewOf([{ guid: guid(2), title: 'Same' }]);
    system.standIn.keys = keys;
    expect([code, result.error.cause]).toEqual([3, 'BadKeys']);
    for (const key of Object.values(LOCAL_KEYS)) expect(JSON.stringify(result)).not.toContain(key);
  });

  test('keeps to so many calls a second', async () => {
    const starts: number[] = [];
    system.standIn.intercept = (_request, _response, proceed) => {
      starts.push(performance.now());
      proceed();
    };
    const events = Array.from({ length: 151 }, (_, n) => ({ guid: guid(n), title: 'x' }));
    expect((await previewOf(events, '--calls-per-second', '10')).result.calls).toBe(4);
    // A timer may fire a millisecond early, and a first call may take its time to arrive.
    expect((starts.at(-1) ?? 0) - (starts[0] ?? 0)).toBeGreaterThan(200);
  });

  test('reads no standard input, since a preview reads a file twice', async () => {
    expect(await cli(['preview', '-'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('so - is not possible'),
    });
  });
});
