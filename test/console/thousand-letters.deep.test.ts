import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { LocalSystem } from '../../local/system.ts';
import { browserOrSkip, type OpenedPage, openPage } from '../helpers/browser.ts';
import { startCli } from '../helpers/cli.ts';
import { startTestConsole } from '../helpers/console.ts';
import { flood, LARGE_FLOOD, soldIn, unknownIn } from '../helpers/flood.ts';
import { type Folder, temporaryFolder } from '../helpers/folder.ts';
import { startTestSystem } from '../helpers/local-run.ts';
import { guid } from '../helpers/records.ts';
import { Stopwatch } from '../helpers/stopwatch.ts';

const { dead } = LARGE_FLOOD;
const LETTERS = Object.values<number>(dead).reduce((sum, count) => sum + count);
const CANARY = 5;

let system: LocalSystem;
let environment: Readonly<Record<string, string>>;
let folder: Folder;
const stopwatch = new Stopwatch();
beforeAll(async () => {
  folder = await temporaryFolder();
  system = await startTestSystem();
  environment = { ...system.environment, ...system.functionEnvironment };
  await flood(system, LARGE_FLOOD);
}, 300_000);
afterAll(async () => {
  await system[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
  stopwatch.print();
});

/** Runs a command as a person does, in a process of its own. @param count of the letters that it is about */
function run(count: number, ...argv: string[]) {
  return stopwatch.time(
    `${argv.join(' ')}`,
    count,
    () => startCli(argv, environment, folder.path).ended,
  );
}

describe('on the command line', () => {
  /** A letter that the contract rejects: the beginning of its id, as the list shows it, then all of it. */
  let letterId: string;

  test('1,000 letters are on one screen, by reason and detail', async () => {
    const { stdout } = await run(LETTERS, 'dlq', 'list');
    const lines = stdout.trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(50);
    const counts = lines.flatMap((line) => {
      const [, reason = '', count] = /^(\w+): ([\d,]+)/.exec(line) ?? [];
      return count === undefined ? [] : [[reason, Number(count.replace(',', ''))]];
    });
    expect(Object.fromEntries(counts)).toEqual(dead);
    const invalid = stdout.slice(stdout.indexOf('InvalidEvent: '));
    letterId = /^ {10}([0-9a-f]{8})/m.exec(invalid)?.[1] ?? '';
    expect((await run(LETTERS, 'dlq', 'show', letterId)).stdout).toMatch(/titel/);
  });

  test('all are exported and checked: each that must die again is named', async () => {
    await run(LETTERS, 'dlq', 'export', 'all.ndjson');
    const { code, stdout } = await run(LETTERS, 'validate', 'all.ndjson');
    expect(code).toBe(1);
    const dying = dead.InvalidEvent + dead.NotJson + dead.NotAnObject + dead.TimeAhead;
    expect(stdout.match(/^all\.ndjson:\d+: /gm)).toHaveLength(dying);
    const plan = await run(LETTERS, 'dlq', 'redrive', '--dry-run');
    expect(plan.stdout).toContain(`${dying} of these must die again as they are.`);
  });

  test('one is corrected in a file, and applied', async () => {
    const lines = readFileSync(folder.at('all.ndjson'), 'utf8').split('\n');
    const letter = JSON.parse(
      lines.find((line) => line.includes(`"messageId":"${letterId}`)) ?? '',
    );
    letterId = letter.messageId;
    letter.event = { guid: letter.event.guid, title: 'Corrected at three' };
    await folder.write('one.ndjson', JSON.stringify(letter));
    expect((await run(1, 'validate', 'one.ndjson')).code).toBe(0);
    const { stdout } = await run(1, 'dlq', 'redrive', '--file', 'one.ndjson');
    expect(stdout).toMatch(/ applied +1$/m);
    expect(system.standIn.images.get(letter.event.guid)?.title).toBe('Corrected at three');
  });

  test('those whose cause is gone are tried with a few, then all, and watched until they are applied', async () => {
    system.standIn.images.add(unknownIn(LARGE_FLOOD));
    const refused = ['dlq', 'redrive', '--reason', 'Refused'];
    const canary = await run(CANARY, ...refused, '--limit', String(CANARY));
    expect(canary.stdout).toMatch(new RegExp(` applied +${CANARY}$`, 'm'));
    const rest = await run(dead.Refused - CANARY, ...refused);
    expect(rest).toMatchObject({ code: 0 });
    expect(rest.stdout).toMatch(new RegExp(` applied +${dead.Refused - CANARY}$`, 'm'));
    const titles = unknownIn(LARGE_FLOOD).map((one) => system.standIn.images.get(one)?.title);
    expect(new Set(titles)).toEqual(new Set(['Harbour at dawn']));
  });

  test('what became of an image and of an event is told, and how the system is', async () => {
    const [one = ''] = unknownIn(LARGE_FLOOD);
    expect((await run(1, 'image', one)).stdout).toContain('Harbour at dawn');
    const timeline = (await run(1, 'event', letterId)).stdout;
    expect(timeline).toMatch(/InvalidEvent[\s\S]*applied/);
    const left = LETTERS - dead.Refused - 1;
    expect((await run(left, 'status')).stdout).toContain(String(left));
  });

  test('what nobody can save is discarded, and kept in a file', async () => {
    const of = ['--reason', 'NotAnObject', '--yes'];
    const { stdout } = await run(dead.NotAnObject, 'dlq', 'discard', 'gone.ndjson', ...of);
    expect(stdout).toContain(`${dead.NotAnObject} dead letters discarded`);
  });
});

const browser = await browserOrSkip('the story of 1,000 dead letters in the console');
const inBrowser = browser === undefined ? describe.skip : describe;

inBrowser('in the console', () => {
  let console: Awaited<ReturnType<typeof startTestConsole>>;
  let opened: OpenedPage;
  const left = LETTERS - dead.Refused - dead.NotAnObject - 1;
  beforeAll(async () => {
    if (browser === undefined) return;
    console = await startTestConsole({ environment });
    opened = await openPage(browser, console.address());
    // A replay is watched until its last letter is applied.
    opened.page.setDefaultTimeout(60_000);
  });
  afterAll(async () => {
    await browser?.close();
    await console[Symbol.asyncDispose]();
  });

  test('they are found, by reason and detail', async () => {
    const { page } = opened;
    await stopwatch.time('console: read and list', left, async () => {
      await page.keyboard.press('l');
      await page.getByText(`${left} as they were`).waitFor();
    });
    await page.getByLabel('Source').selectOption('importer');
    await page.getByText(`${dead.InvalidEvent - 1} of ${left}: source “importer”`).waitFor();
  });

  test('one is corrected in the editor, and applied', async () => {
    const { page } = opened;
    await page.getByRole('link', { name: 'InvalidEvent' }).click();
    await page.locator('tbody a').first().click();
    await page.getByText('titel').first().waitFor();
    const editor = page.getByLabel('Body, as JSON');
    await editor.fill(`{"guid": "${guid(1)}", "title": "Corrected in the browser"}`);
    await page.getByText('The contract takes this event.').waitFor();
    await stopwatch.time('console: replay of a corrected one', 1, async () => {
      await page.getByRole('button', { name: 'Replay edited' }).click();
      await page.getByRole('heading', { name: 'What became of them' }).waitFor();
    });
    expect(await page.locator('dl').innerText()).toMatch(/applied\s+1\b/);
    expect(system.standIn.images.get(guid(1))?.title).toBe('Corrected in the browser');
  });

  test.each([
    ['a few are tried', CANARY, String(CANARY)],
    ['the rest follow', dead.WouldRemoveInventory - CANARY, ''],
  ])(
    'once their products may go, %s, watched until they are applied',
    async (_what, count, limit) => {
      const { page } = opened;
      for (const one of soldIn(LARGE_FLOOD)) {
        Object.assign(system.standIn.images.get(one) ?? {}, { products: [] });
      }
      await page.keyboard.press('l');
      await page.getByRole('button', { name: 'Clear filter' }).click();
      await page.getByLabel('Reason').selectOption('WouldRemoveInventory');
      await page.getByRole('link', { name: 'Replay these' }).click();
      await page.getByLabel(/^At most/).fill(limit);
      await page.getByText(`${count} would be sent: WouldRemoveInventory ${count}.`).waitFor();
      await stopwatch.time('console: replay until applied', count, async () => {
        await page.getByRole('button', { name: `Replay ${count}` }).click();
        await page.getByRole('heading', { name: 'What became of them' }).waitFor();
      });
      expect(await page.locator('dl').innerText()).toMatch(new RegExp(`applied\\s+${count}\\b`));
    },
  );

  test('nothing in the page failed on the way', () => {
    expect(opened.faults).toEqual([]);
  });
});
