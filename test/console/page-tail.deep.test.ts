import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { browserOrSkip, openPage } from '../helpers/browser.ts';
import { startTestConsole } from '../helpers/console.ts';
import { type KeptTrail, logDeath, startKeptTrail } from '../helpers/kept-trail.ts';
import { guid } from '../helpers/records.ts';

const SCRIPT = '<img src=x onerror="document.title=1">';

const browser = await browserOrSkip('the tail of the console');
const inBrowser = browser === undefined ? describe.skip : describe;

inBrowser('the tail of the console', () => {
  let kept: KeptTrail;
  let console: Awaited<ReturnType<typeof startTestConsole>>;
  beforeAll(async () => {
    kept = await startKeptTrail();
    console = await startTestConsole({ environment: kept.environment });
  });
  afterAll(async () => {
    await browser?.close();
    await console[Symbol.asyncDispose]();
    await kept[Symbol.asyncDispose]();
  });

  const die = (id: string, parts: object = {}) =>
    logDeath(kept, id, { detail: SCRIPT, guids: [guid(1)], ...parts });

  /** What is told, newest first, without the times. */
  const linesOf = async (page: Page) => {
    const texts = await page.locator('.timeline li').allInnerTexts();
    return texts.map((text) => text.replaceAll(/\s+/g, ' ').trim().slice(21));
  };
  const waitFor = (page: Page, text: string) => page.getByText(text).first().waitFor();

  test('tells as it happens, in the background too, and paused, cleared and narrowed', async () => {
    if (browser === undefined) return;
    const { page, faults, asked } = await openPage(browser, console.address());
    await page.keyboard.press('t');
    await waitFor(page, 'Following.');
    die('order-2', { source: 'shop' });
    await waitFor(page, 'order-2');
    const returned = { message: 'Records returned to the queue', reason: 'Throttled', records: 2 };
    kept.log.add(JSON.stringify({ ...returned, detail: 'HTTP 429' }));
    kept.log.add(JSON.stringify({ message: 'Batch processed', records: 3, images: 1, calls: 1 }));
    await waitFor(page, 'batch of 3 records');
    expect(await linesOf(page)).toEqual([
      'batch of 3 records: 1 image, 0 unchanged, 0 superseded, 1 call',
      'returned Throttled, 2 records HTTP 429',
      `dead-lettered Refused, event order-2 from shop ${SCRIPT} ${guid(1)}`,
    ]);
    await page.getByRole('button', { name: 'Pause' }).click();
    // Browsers slow down the timers of pages in the background: here they stand still.
    await page.clock.install();
    await page.clock.pauseAt(Date.now() + 1_000);
    die('order-3');
    await page.getByRole('button', { name: 'Pause: 1 newer' }).waitFor();
    await page.clock.resume();
    expect(await linesOf(page)).toHaveLength(3);
    await page.getByRole('button', { name: 'Pause: 1 newer' }).click();
    expect((await linesOf(page))[0]).toContain('order-3');
    await page.getByRole('button', { name: 'Clear' }).click();
    await waitFor(page, 'Nothing so far.');
    await page.getByLabel('From').selectOption('an hour ago');
    await page.getByLabel('Source').fill('shop');
    await page.getByLabel('Image').fill(guid(1));
    await page.getByRole('button', { name: 'Show' }).click();
    await waitFor(page, 'order-2');
    expect(await linesOf(page)).toHaveLength(1);
    await page.getByRole('link', { name: 'order-2' }).click();
    await waitFor(page, 'The trail does not know this event.');
    expect([faults, asked.filter((address) => !address.startsWith(console.origin))]).toEqual([
      [],
      [],
    ]);
  });

  test('shows the newest 500 lines, ends with its view, and says what is wrong', async () => {
    if (browser === undefined) return;
    const { page } = await openPage(browser, console.address());
    await page.goto(`${console.origin}/#/0/tail/guid%3Dnobody`);
    await waitFor(page, 'that is no id of an image');
    await page.getByRole('button', { name: 'Follow again' }).waitFor();
    for (let times = 0; times < 6; times += 1) {
      await page.keyboard.press('o');
      await page.getByRole('heading', { name: 'Overview' }).waitFor();
      await page.keyboard.press('t');
      await waitFor(page, 'Following.');
    }
    for (let n = 0; n < 600; n += 1) die(`many-${n}`);
    await waitFor(page, 'Older lines are left out.');
    await waitFor(page, 'many-599');
    expect(await linesOf(page)).toHaveLength(500);
  });
});
