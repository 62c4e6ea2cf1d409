import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { LocalSystem } from '../../local/system.ts';
import { cli, cliJson } from '../helpers/cli.ts';
import { process as deliver, startTestSystem, until } from '../helpers/local-run.ts';
import { guid } from '../helpers/records.ts';
import { trailOf } from '../helpers/trail.ts';

const TIME = /20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/;

let system: LocalSystem;
let first: string | undefined;
let letterId = '';
/** Before anything was sent. */
const sentAt = new Date().toISOString();
beforeAll(async () => {
  system = await startTestSystem();
  Object.assign(process.env, system.environment, system.functionEnvironment);
  system.standIn.images.add([guid(1), guid(3)]);
  const both = [guid(1), guid(2)].map((one) => ({ guid: one, title: 'A \u001b[31mheron' }));
  [first] = await deliver(system, [
    { images: both, id: 'order-17', source: 'shop', account_key: 'acme' },
    { guid: guid(3), title: 'B', id: 'order-18' },
  ]);
  letterId = (await trailOf(system)).find(({ id }) => id === 'order-17')?.letterId ?? '';
  system.standIn.images.add([guid(2)]);
  await cliJson(['dlq', 'redrive', '--reason', 'Refused']);
  await until(async () => (await trailOf(system)).length === 3);
});
afterAll(async () => {
  await system[Symbol.asyncDispose]();
});

/** What `--json` printed, without the last line. */
async function rowsOf(argv: readonly string[]) {
  const { code, stdout } = await cli([...argv, '--json']);
  const lines = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  return { code, rows: lines.slice(0, -1), result: lines.at(-1) };
}

describe('event', () => {
  test('is a timeline from its first sending to the verdict of its redrive', async () => {
    const { code, stdout } = await cli(['event', 'order-17']);
    expect(code).toBe(0);
    const lines = stdout.split('\n').map((line) => line.replace(TIME, 'TIME'));
    expect(lines[0]).toBe('event order-17 from shop, account acme, 2 images');
    expect(lines[1]).toBe(`TIME  sent as message ${first}`);
    expect(lines[2]).toMatch(/^TIME {2}dead-lettered: Refused, receive 1, dead letter \S+/);
    expect(lines[2]).toContain(`at fault: ${guid(2)}`);
    expect(stdout).toMatch(new RegExp(`sent as message \\S+, redrive 1 of ${first}\n`));
    expect(stdout).toMatch(/Z {2}applied, receive 1\n/);
    expect(stdout).toMatch(
      /\nRead back to \S+Z: \d+ hours?, \d+ items?, \d+ KB, \d+ read units?\./,
    );
    expect(stdout).not.toContain('heron');
  });

  test('is found by the id of its message and of its dead letter, too', async () => {
    const byId = await rowsOf(['event', 'show', 'order-17']);
    for (const id of [first ?? '', letterId]) {
      const { code, rows } = await rowsOf(['event', id]);
      expect([code, rows]).toEqual([0, byId.rows]);
    }
    const decided = byId.rows.filter(({ what }) => what === 'decided');
    expect(decided.map(({ verdict }) => verdict)).toEqual(['dead-lettered', 'applied']);
    expect(decided[1]).toMatchObject({
      ...{ at: expect.stringMatching(TIME), sentAt: expect.stringMatching(TIME) },
      origin: { messageId: first, redrives: 1, sentAt: expect.stringMatching(TIME) },
    });
    expect(byId.result).toMatchObject({ found: true, decisions: 2, unreadable: 0 });
    // It was sent a moment ago: nothing before is read.
    expect(byId.result.hours).toBeLessThanOrEqual(3);
  });

  test('that nobody sent ends with 1, and says how far it was looked for', async () => {
    const { code, stdout } = await cli(['event', 'nobody', '--since', '2h']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^The trail does not know nobody\. Read back to \S+: 3 hours, /);
    expect(stdout).toMatch(/--since 30d takes up to \S+ read units/);
  });
});

test('image --history is each event of an image, and whether it was at fault', async () => {
  const { code, stdout } = await cli(['image', guid(1), '--history']);
  expect(code).toBe(0);
  expect(stdout).toContain('of event order-17, one of its 2 images, and not at fault');
  const { rows, result } = await rowsOf(['image', guid(2), '--history', '--since', '1h']);
  expect(rows.slice(1).map(({ verdict }) => verdict)).toEqual(['dead-lettered', 'applied']);
  expect(result).toMatchObject({ found: true, guid: guid(2), decisions: 2 });
  expect((await cli(['image', guid(9), '--history'])).code).toBe(1);
});

describe('event list', () => {
  const verdictsOf = async (...options: string[]) => {
    const { rows } = await rowsOf(['event', 'list', ...options]);
    return rows.map(({ id, verdict }) => `${id} ${verdict}`);
  };

  test('is newest first, and as many as asked for', async () => {
    expect((await verdictsOf())[0]).toBe('order-17 applied');
    expect(await verdictsOf()).toHaveLength(3);
    expect(await verdictsOf('--limit', '1')).toEqual(['order-17 applied']);
    const { stdout } = await cli(['event', 'list', '--limit', '1']);
    expect(stdout).toMatch(/Z {2}applied, order-17, from shop, account acme, 2 images\n/);
    expect(stdout).toContain('1 decision; --limit shows more.');
  });

  test('is filtered by reason, verdict, source, account and time', async () => {
    expect(await verdictsOf('--reason', 'Refused,Timeout')).toEqual(['order-17 dead-lettered']);
    expect(await verdictsOf('--reason', 'Timeout')).toEqual([]);
    expect(await verdictsOf('--verdict', 'applied', '--source', 'shop')).toHaveLength(1);
    expect(await verdictsOf('--account', 'acme')).toHaveLength(2);
    const future = new Date(Date.now() + 60_000).toISOString();
    expect(await verdictsOf('--since', future)).toEqual([]);
    expect(await verdictsOf('--until', sentAt)).toEqual([]);
    expect(await verdictsOf('--since', sentAt, '--until', future)).toHaveLength(3);
  });
});

test('without a trail each says so', async () => {
  const { TRAIL_TABLE } = process.env;
  delete process.env.TRAIL_TABLE;
  const results = [await cli(['event', 'order-17']), await cli(['image', guid(1), '--history'])];
  process.env.TRAIL_TABLE = TRAIL_TABLE;
  for (const { code, stderr } of results) {
    expect([code, stderr]).toEqual([2, expect.stringContaining('keeps no trail')]);
  }
});
