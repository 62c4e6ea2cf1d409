import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { launchBrowser } from '../../scripts/browser.ts';

/** Says aloud that nothing was tried, where there is no browser. */
export async function browserOrSkip(what: string): Promise<Browser | undefined> {
  const browser = await launchBrowser();
  if (browser === undefined)
    process.stderr.write(`\nSKIPPED: ${what} is NOT tried: no browser\n\n`);
  return browser;
}

/** A page that was opened, and everything in it that a person would call broken. */
export interface OpenedPage {
  readonly page: Page;
  /** Errors of scripts, violations of the policy, answers that failed. */
  readonly faults: readonly string[];
  /** Addresses that it asked. */
  readonly asked: readonly string[];
}

/** Opens an address. Questions of the page are answered with yes. */
export async function openPage(
  browser: Browser,
  address: string,
  options: BrowserContextOptions = {},
): Promise<OpenedPage> {
  const page = await browser.newPage({ locale: 'en-US', ...options });
  page.setDefaultTimeout(15_000);
  const faults: string[] = [];
  const asked: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  page.on('dialog', (dialog) => void dialog.accept());
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(address);
  await page.locator('h1').waitFor();
  return { page, faults, asked };
}
