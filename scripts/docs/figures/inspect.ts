/**
 * Looks at pictures in a real browser, since what a chart's specification says and what it shows are
 * two things: `node inspect.ts FILE...` prints, as JSON, what is wrong with each SVG. It exits with
 * 3 where there is no browser.
 */
import { existsSync, readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { launchBrowser } from '../../browser.ts';

const NO_BROWSER = 3;

/** Pixels that texts may share, since a box of a text has room above and below its letters. */
const TOLERANCE = 1;

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Text extends Box {
  readonly text: string;
}

/** @returns what is wrong with one picture, in words */
async function faultsOf(page: Page, file: string): Promise<string[]> {
  if (!existsSync(file)) return ['there is no such file'];
  await page.setContent(readFileSync(file, 'utf8'));
  const picture = await boxOf(page.locator('svg').first());
  const texts = await textsOf(page);
  return [
    ...(await marksWithoutSize(page)),
    ...texts.filter(({ text }) => text.includes('…')).map(({ text }) => `cut short: ${text}`),
    ...texts.filter((box) => !isInside(box, picture)).map(({ text }) => `cut off: ${text}`),
    ...texts.flatMap((one, at) =>
      texts
        .slice(at + 1)
        .filter((other) => overlap(one, other))
        .map((other) => `one over the other: ${one.text} / ${other.text}`),
    ),
  ];
}

/** Every kind of mark of Vega that carries data; a line may be level, and all others have an area. */
async function marksWithoutSize(page: Page): Promise<string[]> {
  const marks = await page.locator('.role-mark:not(.mark-group):not(.mark-text) > *').all();
  if (marks.length === 0) return ['nothing is drawn'];
  const faults: string[] = [];
  for (const mark of marks) {
    const { width, height } = await boxOf(mark);
    const isLine = (await mark.locator('xpath=..').getAttribute('class'))?.includes('mark-line');
    const hasSize = isLine === true ? width + height > 0 : width > 0 && height > 0;
    if (!hasSize) faults.push(`has no area: ${await mark.getAttribute('aria-label')}`);
  }
  return faults;
}

async function textsOf(page: Page): Promise<Text[]> {
  const texts: Text[] = [];
  for (const element of await page.locator('svg text').all()) {
    const text = (await element.textContent()) ?? '';
    if (text !== '') texts.push({ text, ...(await boxOf(element)) });
  }
  return texts;
}

/** Where an element is on the page; of no size where it takes no room. */
async function boxOf(element: Locator): Promise<Box> {
  return (await element.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
}

function isInside(inner: Box, outer: Box): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

function overlap(one: Box, other: Box): boolean {
  const across = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const down = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  return across > TOLERANCE && down > TOLERANCE;
}

const browser = await launchBrowser();
if (browser === undefined) process.exit(NO_BROWSER);
const page = await browser.newPage();
const faults: Record<string, string[]> = {};
for (const file of process.argv.slice(2)) faults[file] = await faultsOf(page, file);
await browser.close();
process.stdout.write(`${JSON.stringify(faults, undefined, 2)}\n`);
