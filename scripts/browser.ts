import { setTimeout as sleep } from 'node:timers/promises';
import chromium from '@sparticuz/chromium';
import { type Browser, chromium as browsers } from 'playwright-core';

/**
 * Without what takes protection from pages: tests try to get past it. In a single process a second page
 * has no cookies.
 */
const ARGS = chromium.args.filter(
  (arg) => !/web-security|site-isolation|insecure-content|IsolateOrigins|single-process/.test(arg),
);

/** How often it is tried, and the pause in between, in milliseconds. */
const TRIES = 60;
const PAUSE = 500;

/** Starts the package's own browser on Linux, an installed Chrome elsewhere; undefined where none starts. */
export async function launchBrowser(): Promise<Browser | undefined> {
  try {
    if (process.platform === 'linux' && process.arch === 'x64') return await launchUnpacked();
    return await browsers.launch({ channel: 'chrome' });
  } catch (error) {
    process.stderr.write(`no browser: ${error}\n`);
    return undefined;
  }
}

/** The package unpacks its browser into the temporary folder, where another process may be doing so just now. */
async function launchUnpacked(): Promise<Browser> {
  for (let tries = 1; ; tries += 1) {
    try {
      const executablePath = await chromium.executablePath();
      return await browsers.launch({ executablePath, args: ARGS });
    } catch (error) {
      if (tries === TRIES || !String(error).includes('ETXTBSY')) throw error;
      await sleep(PAUSE);
    }
  }
}
