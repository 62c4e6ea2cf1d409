import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { buildPage } from '../../console/build-page.ts';
import { type LocalQueues, startQueues } from '../../local/aws/queues.ts';
import { listen } from '../../local/http-server.ts';
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

  test('a page of another port, to which the browser sends the cookie, can do nothing', async () => {
    if (browser === undefined) return;
    await using console = await startTestConsole({ environment: environmentOf(queues) });
    const server = createServer((_request, response) => response.end('<h1>another page</h1>'));
    const other = await listen(server);
    const { page } = await openPage(browser, console.address());
    await page.goto(other.url);
    const tries = {
      form: `fetch('${console.origin}/api/of/0/change/replay', { method: 'POST', mode: 'no-cors', credentials: 'include', body: '{"force":true}' })`,
      json: `fetch('${console.origin}/api/of/0/change/replay', { method: 'POST', credentials: 'include', headers: { 'content-type': 'application/json' }, body: '{"force":true}' })`,
      read: `fetch('${console.origin}/api/of/0/letters', { credentials: 'include' })`,
    };
    const answers: Record<string, unknown> = {};
    for (const [name, script] of Object.entries(tries)) {
      answers[name] = await page.evaluate(`${script}.then(({ type }) => type, () => 'failed')`);
    }
    expect(answers).toEqual({ form: 'failed', json: 'failed', read: 'failed' });
    expect(console.actions()).toEqual([]);
    expect((await storedMessages(queues, queues.deadLetterQueueUrl)).length).toBe(2);
    await other.close();
  });

  test('a filter leaves some, of which groups and a replay are made, and keeps the field that is typed into', async () => {
    if (browser === undefined) return;
    for (const [n, source] of ['shop-7', 'shop-7', 'importer'].entries()) {
      const body = { guid: guid(10 + n), title: 'a', source, account_key: `account-${n}` };
      await putDeadLetter(queues, { body, reason: 'BadKeys', detail: `key "k${n}" is refused` });
    }
    await using console = await startTestConsole({ environment: environmentOf(queues) });
    const { page, faults } = await openPage(browser, console.address());
    const shown = async () =>
      (await page.locator('tbody tr').allInnerTexts()).map((row) => row.replaceAll(/\s+/g, ' '));
    await page.keyboard.press('l');
    await page.getByLabel('Source').selectOption('shop-7');
    await page.getByText('2 of 5: source “shop-7”').waitFor();
    expect(await shown()).toEqual([expect.stringContaining('2 BadKeys key "…" is refused')]);
    await page.getByLabel('Detail has').pressSequentially('KEY "K1');
    await page.getByText('1 of 5: source “shop-7”, detail with “KEY "K1”').waitFor();
    expect(await shown()).toEqual([expect.stringContaining('1 BadKeys key "k1" is refused')]);
    await page.getByLabel('Image').fill('no guid');
    await page.getByText('at guid[0]').waitFor();
    expect(await page.getByRole('link', { name: 'Replay' }).count()).toBe(1);
    await page.getByRole('button', { name: 'Clear filter' }).click();
    await page.getByRole('link', { name: 'BadKeys' }).click();
    await page.getByRole('link', { name: 'Replay this group of 3' }).click();
    await page.getByText('Dead letters: 1 chosen group.').waitFor();
    await page.getByText('3 would be sent: BadKeys 3.').waitFor();
    await page.getByRole('link', { name: 'Choose others' }).click();
    await page.getByLabel('Account').selectOption('account-2');
    await page.getByLabel('Reason').selectOption('BadKeys');
    await page.getByRole('link', { name: 'Replay these 1' }).click();
    await page.getByText('Dead letters: reason “BadKeys”, account “account-2”.').waitFor();
    await page.getByRole('button', { name: 'Replay 1' }).click();
    await page.getByText('1 redriven.').waitFor();
    const sent = (await storedMessages(queues)).map(({ body }) => JSON.parse(body));
    expect(sent.at(-1)).toMatchObject({ account_key: 'account-2' });
    expect(faults.filter((fault) => !fault.includes('400'))).toEqual([]);
  });
});
