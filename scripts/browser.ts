import chromium from '@sparticuz/chromium';
import { type Browser, chromium as browsers } from 'playwright-core';

/** Without what takes protection from pages: tests try to get past it. */
const ARGS = chromium.args.filter(
  (arg) => !/web-security|site-isolation|insecure-content|IsolateOrigins/.test(arg),
);

/** Starts the package's own browser on Linux, an installed Chrome elsewhere; undefined where none starts. */
export async function launchBrowser(): Promise<Browser | undefined> {
  try {
    if (process.platform === 'linux' && process.arch === 'x64') {
      const executablePath = await chromium.executablePath();
      return await browsers.launch({ executablePath, args: ARGS });
    }
    return await browsers.launch({ channel: 'chrome' });
  } catch (error) {
    process.stderr.write(`no browser: ${error}\n`);
    return undefined;
  }
}
