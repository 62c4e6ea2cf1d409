/**
 * `npm run docs:console` photographs the console for docs/console.md, on a local system with a flood of
 * dead letters. It does nothing where there is no browser.
 */
import { fileURLToPath } from 'node:url';
import type { BrowserContextOptions } from 'playwright-core';
import { launchBrowser } from '../../scripts/browser.ts';
import { openPage } from '../helpers/browser.ts';
import { startTestConsole } from '../helpers/console.ts';
import { FLOOD, flood, unknownIn } from '../helpers/flood.ts';
import { startTestSystem } from '../helpers/local-run.ts';

const FIGURES = fileURLToPath(new URL('../../docs/figures/', import.meta.url));
const WIDE: BrowserContextOptions = { viewport: { width: 900, height: 630 } };
const DARK: BrowserContextOptions = {
  colorScheme: 'dark',
  viewport: { width: 900, height: 720 },
};
const NARROW: BrowserContextOptions = { viewport: { width: 380, height: 640 } };

const browser = await launchBrowser();
if (browser === undefined) process.exit(1);
await using system = await startTestSystem();
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
await dark.getByText('not a text').first().waitFor();
await dark.locator('.fault').first().waitFor();
await dark.screenshot({ path: `${FIGURES}console-letter.png` });

const { page: narrow } = await openPage(browser, console.address(), NARROW);
await narrow.locator('canvas').waitFor();
await narrow.screenshot({ path: `${FIGURES}console-narrow.png` });
await browser.close();
