import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { browserOrSkip, type OpenedPage, openPage } from '../helpers/browser.ts';
import { startTestConsole } from '../helpers/console.ts';
import { putDeadLetter } from '../helpers/dead-letters.ts';
import { type KeptTrail, startKeptTrail } from '../helpers/kept-trail.ts';
import { guid } from '../helpers/records.ts';
import { storedMessages } from '../helpers/stored-messages.ts';

const SCRIPT = '<img src=x onerror="document.title=1">';
const MINUTE = 60_000;
const NOW = Date.now();
const SHOP = { id: 'order/17 100%', source: SCRIPT, account: 'acme', guids: [guid(1), guid(2)] };
const FIRST = { messageId: 'first', sentAt: NOW - 50 * MINUTE };

const browser = await browserOrSkip('events in the console');
const inBrowser = browser === undefined ? describe.skip : describe;

/** Rows or items, with single blanks. */
async function textsOf(page: Page, selector: string): Promise<string[]> {
  const texts = await page.locator(selector).allInnerTexts();
  return texts.map((text) => text.replaceAll(/\s+/g, ' ').trim());
}

/** The content without the forms, where options have the same words. */
const waitFor = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();

inBrowser('events in the console', () => {
  let kept: KeptTrail;
  let console: Awaited<ReturnType<typeof startTestConsole>>;
  let opened: OpenedPage;
  let letterId = '';
  beforeAll(async () => {
    if (browser === undefined) return;
    kept = await startKeptTrail();
    await putDeadLetter(kept.queues, { body: { guid: guid(2), title: 'a' }, reason: 'Refused' });
    const letters = await storedMessages(kept.queues, kept.queues.deadLetterQueueUrl);
    letterId = letters[0]?.messageId ?? '';
    const others = Array.from({ length: 70 }, (_, n) => ({
      ...{ id: `event-${n}`, messageId: `message-${n}`, guids: [guid(100 + n)] },
    }));
    await kept.keep(NOW - 55 * MINUTE, others);
    const gone = { reason: 'Refused', letterId: 'gone' };
    await kept.keep(NOW - 56 * MINUTE, [
      { id: 'order-18', guids: [guid(3)], verdict: 'dead-lettered', ...gone },
    ]);
    await kept.keep(NOW - 45 * MINUTE, [
      { ...SHOP, ...FIRST, verdict: 'returned', reason: 'Throttled', detail: 'HTTP 429' },
    ]);
    const refusal = { reason: 'Refused', status: 400, detail: SCRIPT, faulty: [guid(2)] };
    await kept.keep(NOW - 40 * MINUTE, [
      { ...SHOP, ...FIRST, verdict: 'dead-lettered', receives: 2, letterId, ...refusal },
    ]);
    const again = { messageId: 'second', sentAt: NOW - 21 * MINUTE };
    await kept.keep(NOW - 20 * MINUTE, [{ ...SHOP, ...again, origin: { ...FIRST, redrives: 1 } }]);
    console = await startTestConsole({ environment: kept.environment });
    opened = await openPage(browser, console.address());
  });
  afterAll(async () => {
    await browser?.close();
    await console[Symbol.asyncDispose]();
    await kept[Symbol.asyncDispose]();
  });

  test('are listed newest first, more of them when asked, and by what is wanted', async () => {
    const { page } = opened;
    await page.keyboard.press('e');
    await waitFor(page, 'Read back to');
    const rows = await textsOf(page, 'tbody tr');
    expect(rows).toHaveLength(50);
    expect(rows[0]).toContain(`applied ${SHOP.id} 2 ${SCRIPT}, acme`);
    expect(rows[1]).toContain(`dead-lettered Refused ${SCRIPT} ${SHOP.id} 2`);
    expect(rows[3]).toContain(`applied event-0 ${guid(100)}`);
    await page.getByRole('button', { name: 'More' }).click();
    await page.locator('tbody tr').nth(73).waitFor();
    expect(await page.getByRole('button', { name: 'More' }).count()).toBe(0);
    await page.getByLabel('Reasons').fill('Refused, Timeout');
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await page.locator('tbody tr:nth-child(2):last-child').waitFor();
    expect(await textsOf(page, 'tbody tr')).toEqual([
      expect.stringContaining('order/17'),
      expect.stringContaining('order-18'),
    ]);
    expect(page.url()).toContain('Refused');
    await page.getByLabel('Until').fill(new Date(NOW - 57 * MINUTE).toISOString());
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await waitFor(page, 'Nothing like that in this time.');
    await page.goBack();
    await page.locator('tbody tr').first().waitFor();
  });

  test('have a timeline: images, messages, verdicts, redrives and letters, texts as texts', async () => {
    const { page } = opened;
    await page.getByRole('link', { name: SHOP.id }).click();
    await page.getByRole('heading', { name: `event ${SHOP.id} from ${SCRIPT}` }).waitFor();
    expect((await textsOf(page, '.timeline li')).map((row) => row.slice(21))).toEqual([
      'sent as message first',
      'returned Throttled, receive 1 HTTP 429',
      `dead-lettered Refused, receive 2, FinerWorks answered HTTP 400, dead letter ${letterId} ${SCRIPT} Redriven as second At fault: ${guid(2)}`,
      'sent as message second, redrive 1 of first',
      'applied, receive 1',
    ]);
    expect(await textsOf(page, 'main > ul li')).toEqual([
      `${guid(1)} applied`,
      `${guid(2)} applied`,
    ]);
    await page.getByRole('link', { name: 'second' }).click();
    await page.locator('[aria-current] >> text=sent as message second').waitFor();
    await page.keyboard.press('l');
    await waitFor(page, '1 as they were');
    await page.goBack();
    await page.getByRole('link', { name: letterId }).click();
    await page.getByRole('heading', { name: 'Refused' }).waitFor();
    expect(await page.title()).not.toBe('1');
  });

  test('of an image are its history', async () => {
    const { page } = opened;
    await page.goto(`${console.origin}/#/0/image/${guid(1)}`);
    await page.locator('.timeline li').nth(2).waitFor();
    const rows = await textsOf(page, '.timeline li');
    expect(rows[1]).toContain(`of event ${SHOP.id}, one of its 2 images, and not at fault`);
    await page.goto(`${console.origin}/#/0/image/${guid(3)}`);
    await waitFor(page, 'not among those that were read');
  });

  test('are not there without a trail, and each view says so', async () => {
    if (browser === undefined) return;
    const { TRAIL_TABLE: _without, ...environment } = kept.environment;
    await using other = await startTestConsole({ environment });
    const { page } = await openPage(browser, other.address());
    for (const view of ['events', 'event/50%', `image/${guid(1)}`]) {
      await page.goto(`${other.origin}/#/0/${view}`);
      await waitFor(page, 'this deployment keeps no trail (setting trailDays: 0)');
    }
  });

  test('an address with a name that every object knows shows no more than any other', async () => {
    const { page } = opened;
    await page.goto(`${console.origin}/#/0/constructor`);
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    expect(await page.title()).toBe('Image updates · local system');
    await page.goto(`${console.origin}/#/0/runbook/constructor`);
    await waitFor(page, 'There is no such section');
  });
});
