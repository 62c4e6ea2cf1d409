import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type LocalQueues, startQueues } from '../../local/aws/queues.ts';
import { listen } from '../../local/http-server.ts';
import { browserOrSkip, openPage } from '../helpers/browser.ts';
import { environmentOf } from '../helpers/cli.ts';
import { startTestConsole } from '../helpers/console.ts';
import { putDeadLetter } from '../helpers/dead-letters.ts';
import { guid } from '../helpers/records.ts';
import { storedMessages } from '../helpers/stored-messages.ts';

const browser = await browserOrSkip('the console’s security and filter');
const inBrowser = browser === undefined ? describe.skip : describe;

inBrowser('the console in a browser', () => {
  let queues: LocalQueues;
  beforeAll(async () => {
    queues = await startQueues({ visibilityTimeoutSeconds: 30, maxReceiveCount: 200, port: 0 });
    for (const n of [1, 2]) {
      await putDeadLetter(queues, { body: { guid: guid(n), title: 'a' }, reason: 'Refused' });
    }
  });
  afterAll(async () => {
    await browser?.close();
    await queues.close();
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
