/**
 * `npm run docs:console` photographs the console for docs/console.md, on a local system with a flood of
 * dead letters. It does nothing where there is no browser.
 */
import { fileURLToPath } from 'node:url';
import type { BrowserContextOptions } from 'playwright-core';
import { bundleFunction } from '../../infra/bundle.ts';
import { launchBrowser } from '../../scripts/browser.ts';
import { openPage } from '../helpers/browser.ts';
import { startTestConsole } from '../helpers/console.ts';
import { FLOOD, flood, unknownIn } from '../helpers/flood.ts';
import { temporaryFolder } from '../helpers/folder.ts';
import { process as processEvents, startTestSystem } from '../helpers/local-run.ts';
import { guid } from '../helpers/records.ts';

const FIGURES = fileURLToPath(new URL('../../docs/figures/', import.meta.url));
const WIDE: BrowserContextOptions = { viewport: { width: 900, height: 630 } };
const DARK: BrowserContextOptions = {
  colorScheme: 'dark',
  viewport: { width: 900, height: 720 },
};
const NARROW: BrowserContextOptions = { viewport: { width: 380, height: 640 } };

const browser = await launchBrowser();
if (browser === undefined) process.exit(1);
// The shared one would outlive this program, and be an old one the next time.
await using folder = await temporaryFolder();
bundleFunction(folder.path);
await using system = await startTestSystem({ bundle: folder.path });
await flood(system);
await using console = await startTestConsole({
  environment: { ...system.environment, ...system.functionEnvironment },
});

const { page } = await openPage(browser, console.address(), WIDE);
await page.keyboard.press('l');
await page.getByText('as they were').waitFor();
await page.getByLabel('Choose Refused').check();
await page.screenshot({ path: `${FIGURES}console-letters.png` });

system.standIn.images.add(unknownIn(FLOOD));
await page.getByRole('link', { name: 'Replay 1 chosen' }).click();
await page.getByRole('button', { name: 'Replay 6' }).click();
await page.getByText('What became of them').waitFor();
await page.setViewportSize({ width: 900, height: 300 });
await page.screenshot({ path: `${FIGURES}console-replay.png` });

const { page: dark } = await openPage(browser, console.address(), DARK);
await dark.keyboard.press('l');
await dark.getByRole('link', { name: 'InvalidEvent' }).click();
await dark.getByRole('heading', { name: 'InvalidEvent' }).waitFor();
await dark.locator('tbody a').first().click();
await dark.locator('.fault').first().waitFor();
await dark.screenshot({ path: `${FIGURES}console-letter.png` });

const { page: narrow } = await openPage(browser, console.address(), NARROW);
await narrow.locator('canvas').waitFor();
await narrow.screenshot({ path: `${FIGURES}console-narrow.png` });

// An event of which one image is not there yet, and its dead letter's way to the end.
const images = [guid(1), guid(950)].map((one) => ({ guid: one, title: 'Heron' }));
await processEvents(system, [{ id: 'order-4711', source: 'shop', images }]);
system.standIn.images.add([guid(950)]);
await page.setViewportSize({ width: 900, height: 640 });
await page.goto(`${console.origin}/#/0/event/order-4711`);
await page.getByRole('link', { name: 'those that were read' }).click();
await page.getByRole('button', { name: 'Read anew' }).click();
await page.getByText('FinerWorks refused it').first().waitFor();
await page.goBack();
await page.locator('a[href*="/letter/"]').click();
await page.getByRole('button', { name: 'Replay…' }).click();
await page.getByText('What became of them').waitFor();
await page.goto(`${console.origin}/#/0/event/order-4711`);
await page.getByText('redrive 1 of').waitFor();
await page.screenshot({ path: `${FIGURES}console-event.png` });
await browser.close();
