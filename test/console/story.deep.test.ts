import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { LocalSystem } from '../../local/system.ts';
import { browserOrSkip, type OpenedPage, openPage } from '../helpers/browser.ts';
import { startTestConsole } from '../helpers/console.ts';
import { FLOOD, flood, unknownIn } from '../helpers/flood.ts';
import { startTestSystem, until } from '../helpers/local-run.ts';
import { guid } from '../helpers/records.ts';

const UNKNOWN = unknownIn(FLOOD);
const browser = await browserOrSkip('the story of a flood of dead letters');
const inBrowser = browser === undefined ? describe.skip : describe;

/** The table's rows, with single blanks. */
async function rowsOf(page: Page): Promise<string[]> {
  const rows = await page.locator('tbody tr').allInnerTexts();
  return rows.map((row) => row.replaceAll(/\s+/g, ' ').trim());
}

async function openGroup(page: Page, reason: string): Promise<void> {
  await page.getByRole('link', { name: 'Dead letters' }).first().click();
  await page.getByText('as they were').waitFor();
  await page.getByRole('link', { name: reason }).click();
  await page.getByRole('heading', { name: reason }).waitFor();
}

inBrowser('a flood of dead letters, at three in the morning', () => {
  let system: LocalSystem;
  let console: Awaited<ReturnType<typeof startTestConsole>>;
  let opened: OpenedPage;
  beforeAll(async () => {
    if (browser === undefined) return;
    system = await startTestSystem();
    await flood(system);
    const environment = { ...system.environment, ...system.functionEnvironment };
    console = await startTestConsole({ environment });
    opened = await openPage(browser, console.address());
  });
  afterAll(async () => {
    await browser?.close();
    await console[Symbol.asyncDispose]();
    await system[Symbol.asyncDispose]();
  });

  test('is found, by reason and detail, the most first', async () => {
    const { page } = opened;
    await page.keyboard.press('l');
    const total = Object.values<number>(FLOOD.dead).reduce((sum, count) => sum + count);
    await page.getByText(`${total} as they were`).waitFor();
    const counts: Record<string, number> = {};
    for (const row of await rowsOf(page)) {
      const [, count = '', reason = ''] = /^(\d+) (\w+)/.exec(row) ?? [];
      counts[reason] = (counts[reason] ?? 0) + Number(count);
    }
    expect(counts).toEqual(FLOOD.dead);
  });

  test('a letter shows its faults, the runbook and the ledger; corrected, it is applied', async () => {
    const { page } = opened;
    await openGroup(page, 'InvalidEvent');
    await page.locator('tbody a').first().click();
    await page.getByText('titel').first().waitFor();
    await page.getByRole('link', { name: 'What the runbook says' }).click();
    await page.getByRole('heading', { name: 'Reason: InvalidEvent' }).waitFor();
    await page.goBack();
    const editor = page.getByLabel('Body, as JSON');
    await editor.fill(`{"guid": "${guid(1)}", "title": 7}`);
    await page.getByText('not a text').first().waitFor();
    await editor.fill(`{"guid": "${guid(1)}", "title": "Corrected at three"}`);
    await page.getByText('The contract takes this event.').waitFor();
    await page.getByRole('button', { name: 'Replay edited' }).click();
    await page.getByText('What became of them').waitFor();
    expect(await page.locator('dl').innerText()).toMatch(/applied\s+1\b/);
    expect(system.standIn.images.get(guid(1))?.title).toBe('Corrected at three');
  });

  test('those whose cause is gone are tried with one, then all, and watched until they are applied', async () => {
    const { page } = opened;
    system.standIn.images.add(UNKNOWN);
    await page.getByRole('link', { name: 'Dead letters' }).first().click();
    await page.getByLabel('Choose Refused').check();
    await page.getByRole('link', { name: 'Replay 1 chosen' }).click();
    await page.getByText('6 would be sent: Refused 6.').waitFor();
    await page.getByLabel(/^At most/).fill('1');
    await page.getByText('1 would be sent: Refused 1.').waitFor();
    await page.getByRole('button', { name: 'Replay 1' }).click();
    await page.getByText('What became of them').waitFor();
    await page.getByRole('link', { name: 'Dead letters' }).first().click();
    await page.getByLabel('Choose Refused').check();
    await page.getByRole('link', { name: 'Replay 1 chosen' }).click();
    await page.getByLabel('A second at most').fill('100');
    await page.getByRole('button', { name: 'Replay 5' }).click();
    await page.getByText('What became of them').waitFor();
    expect(await page.locator('dl').innerText()).toMatch(/applied\s+5\b/);
    expect(UNKNOWN.map((one) => system.standIn.images.get(one)?.title)).toEqual(
      UNKNOWN.map(() => 'Harbour at dawn'),
    );
  });

  test('what is still wrong is said before it is sent, and dies again where it is sent', async () => {
    const { page } = opened;
    await page.getByRole('link', { name: 'Dead letters' }).first().click();
    await page.getByLabel('Choose NotAnObject').check();
    await page.getByRole('link', { name: 'Replay 1 chosen' }).click();
    await page.getByText('3 of them would be dead again at once').waitFor();
    await page.getByRole('button', { name: 'Replay 3' }).click();
    await page.getByText('What became of them').waitFor();
    expect(await page.locator('dl').innerText()).toMatch(/dead again: NotAnObject\s+3\b/);
  });

  test('a slow replay shows how far it is, and ends when it is cancelled', async () => {
    const { page } = opened;
    await page.getByRole('link', { name: 'Dead letters' }).first().click();
    await page.getByRole('button', { name: 'Read anew' }).click();
    await page.getByText(/\d+ as they were [0-3] s ago/).waitFor();
    await page.getByLabel('Choose WouldRemoveInventory').check();
    await page.getByRole('link', { name: 'Replay 1 chosen' }).click();
    await page.getByLabel('A second at most').fill('1');
    await page.getByRole('button', { name: 'Replay 12' }).click();
    await page.getByText(/[1-9]\d* sent, of/).waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('Cancelled: what was sent stays sent.').waitFor();
    await page.getByText('What became of them').waitFor();
    const [last] = console.actions().slice(-1);
    expect(last).toMatchObject({ action: 'cancel-replay', result: 'done' });
  });

  test('an image shows its ledger, FinerWorks and its letters, and can be forgotten', async () => {
    const { page } = opened;
    await page.goto(`${console.origin}/#/0/image/${guid(1)}`);
    await page.getByText('"Corrected at three", as confirmed').waitFor();
    await page.getByRole('button', { name: 'Forget' }).click();
    await page.getByText('Never sent, or forgotten.').waitFor();
  });

  test('a pasted file is validated, previewed and sent', async () => {
    const { page } = opened;
    await page.keyboard.press('f');
    const content = page.getByLabel('Or its content');
    await content.fill(`{"guid": "${guid(2)}", "titel": "a"}`);
    await page.getByRole('button', { name: 'Validate' }).click();
    await page.getByText('events.ndjson:1: InvalidEvent').waitFor();
    await content.fill(`{"guid": "${guid(2)}", "title": "From the console"}`);
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByText('1 image: 1 changed').waitFor();
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('events.ndjson: 1 event sent').waitFor();
    await until(() => system.standIn.images.get(guid(2))?.title === 'From the console');
  });

  test('taking events is paused and resumed; what comes meanwhile waits', async () => {
    const { page } = opened;
    await page.keyboard.press('o');
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('The event source mapping is Disabled.').waitFor();
    await system.queues.send([JSON.stringify({ guid: guid(3), title: 'Waited' })]);
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByText('The event source mapping is Enabled.').waitFor();
    await until(() => system.standIn.images.get(guid(3))?.title === 'Waited');
    const [pause, resume] = console.actions().slice(-2);
    expect([pause, resume]).toMatchObject([{ action: 'pause' }, { action: 'resume' }]);
  });

  test('nothing in the page failed or asked another address on the way', () => {
    expect(opened.faults).toEqual([]);
    expect(opened.asked.filter((address) => !address.startsWith(console.origin))).toEqual([]);
  });
});
