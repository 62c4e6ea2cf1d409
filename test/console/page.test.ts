import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { buildPage } from '../../console/build-page.ts';
import { type LocalQueues, startQueues } from '../../local/aws/queues.ts';
import { browserOrSkip, openPage } from '../helpers/browser.ts';
import { environmentOf } from '../helpers/cli.ts';
import { startTestConsole } from '../helpers/console.ts';
import { putDeadLetter } from '../helpers/dead-letters.ts';
import { guid } from '../helpers/records.ts';
import { storedMessages } from '../helpers/stored-messages.ts';

const SCRIPT = '<img src=x onerror="document.title=1"><script>document.title=2</script>';
/** Begins with a mark of direction, by which browsers would show it from its end. */
const BACKWARDS = '\u202eecruos';

test('the page is small enough for a slow connection through ssh, the editor comes when it is needed', () => {
  const { 'mount.js': editor, 'runbook.json': _runbook, ...page } = buildPage();
  const sizeOf = (...parts: readonly string[]) =>
    parts.reduce((sum, part) => sum + gzipSync(part).byteLength, 0);
  expect(sizeOf(...Object.values(page))).toBeLessThan(60_000);
  expect(sizeOf(...Object.values(page), editor)).toBeLessThan(160_000);
});

const browser = await browserOrSkip('the console');
const inBrowser = browser === undefined ? describe.skip : describe;

inBrowser('in a browser', () => {
  let queues: LocalQueues;
  beforeAll(async () => {
    queues = await startQueues({ visibilityTimeoutSeconds: 30, maxReceiveCount: 200, port: 0 });
    const refused = (n: number) =>
      putDeadLetter(queues, {
        body: { guid: guid(n), title: SCRIPT },
        reason: 'Refused',
        detail: `image ${guid(n)} ${SCRIPT}`,
      });
    await refused(1);
    await refused(2);
    await putDeadLetter(queues, {
      body: { guid: guid(3), titel: 'a', description: 7, source: BACKWARDS },
      reason: 'InvalidEvent',
    });
  });
  afterAll(async () => {
    await browser?.close();
    await queues.close();
  });

  test('letters are found by reason and detail, one is corrected and replayed, texts stay texts', async () => {
    if (browser === undefined) return;
    await using console = await startTestConsole({ environment: environmentOf(queues) });
    const { page, faults, asked } = await openPage(browser, console.address());
    await page.keyboard.press('l');
    await page.getByText('3 as they were').waitFor();
    const rows = await page.locator('tbody tr').allInnerTexts();
    expect(rows.map((row) => row.replaceAll(/\s+/g, ' '))).toEqual([
      expect.stringContaining('2 Refused image GUID <img src=x onerror="…"><script>'),
      expect.stringContaining('1 InvalidEvent because of InvalidEvent'),
    ]);
    await page.getByRole('link', { name: 'InvalidEvent' }).click();
    await page.getByRole('heading', { name: 'InvalidEvent' }).waitFor();
    await page.locator('tbody a').first().click();
    await page.getByText('not a text').first().waitFor();
    await page.getByText('\\u202eecruos').first().waitFor();
    await page.locator('.cm-specialChar').first().waitFor();
    expect(await page.locator('.cm-specialChar').count()).toBe(1);
    const editor = page.getByLabel('Body, as JSON');
    await editor.fill(JSON.stringify({ guid: guid(3), title: SCRIPT }));
    await page.getByText('The contract takes this event.').waitFor();
    await page.getByLabel('show what was changed').check();
    expect(await page.locator('.cm-deletedChunk').innerText()).toContain('titel');
    await page.getByRole('button', { name: 'Replay edited' }).click();
    await page.getByText('1 redriven.').waitFor();
    const [sent] = await storedMessages(queues);
    expect(JSON.parse(sent?.body ?? '')).toEqual({
      guid: guid(3),
      title: SCRIPT,
      time: expect.any(String),
    });
    expect(await page.title()).toBe('Replay · local system');
    expect(page.url()).not.toContain('token');
    expect(faults).toEqual([]);
    expect(asked.filter((address) => !address.startsWith(console.origin))).toEqual([]);
    expect(console.actions()).toMatchObject([{ action: 'replay', result: 'done' }]);
  });
});
