import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import * as z from 'zod';
import { browserOrSkip, openPage } from '../helpers/browser.ts';
import { startTestConsole } from '../helpers/console.ts';
import { putDeadLetter } from '../helpers/dead-letters.ts';
import { type KeptTrail, logDeath, startKeptTrail } from '../helpers/kept-trail.ts';
import { guid } from '../helpers/records.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** WCAG 2.2, A and AA. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const Found = z.object({
  violations: z.array(z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string() })) })),
});

/** How a page is looked at. */
const SIGHTS = [
  ['light', { colorScheme: 'light', viewport: { width: 1200, height: 800 } }],
  ['dark', { colorScheme: 'dark', viewport: { width: 1200, height: 800 } }],
  ['narrow', { colorScheme: 'light', viewport: { width: 360, height: 700 } }],
] as const;

const browser = await browserOrSkip('how accessible the console is');
const inBrowser = browser === undefined ? describe.skip : describe;

inBrowser.each(SIGHTS)('%s', (_name, sight) => {
  let kept: KeptTrail;
  let console: Awaited<ReturnType<typeof startTestConsole>>;
  let opened: Awaited<ReturnType<typeof openPage>>;
  let letter: string;
  beforeAll(async () => {
    if (browser === undefined) return;
    kept = await startKeptTrail();
    const { queues } = kept;
    await putDeadLetter(queues, { body: { guid: guid(1), title: 7 }, reason: 'InvalidEvent' });
    await putDeadLetter(queues, { body: { guid: guid(2), title: 'a' }, reason: 'Refused' });
    const failure = { verdict: 'dead-lettered', reason: 'Refused', detail: 'because' };
    await kept.keep(Date.now(), [
      { id: 'order-17', guids: [guid(1), guid(2)], faulty: [guid(2)], letterId: 'x', ...failure },
      { id: 'order-18', guids: [guid(3)], source: 'shop', account: 'acme' },
    ]);
    logDeath(kept, 'order-17', { guids: [guid(1), guid(2)] });
    console = await startTestConsole({ environment: kept.environment });
    // The policy of the page would not let the test's own script in.
    opened = await openPage(browser, console.address(), { ...sight, bypassCSP: true });
    const { page } = opened;
    await page.keyboard.press('l');
    await page.getByText('2 as they were').waitFor();
    await page.getByRole('link', { name: 'InvalidEvent' }).click();
    await page.getByRole('heading', { name: 'InvalidEvent' }).waitFor();
    letter = (await page.locator('tbody a').first().innerText()).trim();
  });
  afterAll(async () => {
    await console[Symbol.asyncDispose]();
    await kept[Symbol.asyncDispose]();
  });

  test.each([
    ['the overview', () => '', 'Charts'],
    ['dead letters', () => 'letters', 'Read anew'],
    ['a dead letter', () => `letter/${letter}`, 'not a text'],
    ['a replay', () => 'replay', 'would be sent'],
    ['replays', () => 'replays', 'None since'],
    ['events', () => 'events', 'order-18'],
    ['an event', () => 'event/order-17', 'At fault'],
    ['an event that nobody knows', () => 'event/nobody', 'does not know this event'],
    ['the tail', () => 'tail/minutes=60', 'order-17'],
    ['an image', () => `image/${guid(1)}`, 'of event'],
    ['a file', () => 'file', 'Or its content'],
    ['the runbook', () => 'runbook/reason-refused', 'Reason: Refused'],
  ])(
    '%s has nothing that axe-core finds, and does not scroll sideways',
    async (_page, path, text) => {
      const { page } = opened;
      await page.goto(`${console.origin}/#/0/${path()}`);
      await page.getByText(text).first().waitFor();
      const { violations } = await whileStill(page, async () => {
        await page.evaluate(AXE);
        const found = await page.evaluate(`axe.run({ runOnly: ${JSON.stringify(RULES)} })`);
        return Found.parse(found);
      });
      expect(
        violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 200))]),
      ).toEqual([]);
      expect(
        await page.evaluate('document.documentElement.scrollWidth - innerWidth'),
      ).toBeLessThanOrEqual(0);
    },
  );
});

afterAll(() => browser?.close());

/** Ends once nothing has changed for 300 ms: in the page, and in the editor behind its shadow root. */
const STILLNESS = `new Promise((resolve) => {
  let timer;
  const observer = new MutationObserver(() => wait());
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => { observer.disconnect(); resolve(); }, 300);
  };
  const everything = { subtree: true, childList: true, attributes: true, characterData: true };
  observer.observe(document, everything);
  for (const { shadowRoot } of document.querySelectorAll('*')) {
    if (shadowRoot !== null) observer.observe(shadowRoot, everything);
  }
  wait();
})`;

/**
 * Looks at the page while no answer of the console changes it: axe-core fails on elements that are
 * replaced while it runs.
 */
async function whileStill<Result>(page: Page, look: () => Promise<Result>): Promise<Result> {
  const looked = Promise.withResolvers<void>();
  await page.evaluate(STILLNESS);
  await page.route('**/api/**', async (route) => {
    await looked.promise;
    await route.continue();
  });
  await page.evaluate(STILLNESS);
  try {
    return await look();
  } finally {
    looked.resolve();
    await page.unrouteAll({ behavior: 'wait' });
  }
}
