import type { NotedTest, Suite } from './test-globals.ts';

/** Milliseconds that what a file prepares or clears up may take. */
const HOOK_LIMIT = 60_000;

/** The timer of before any test: tests may replace it by a virtual one. */
const { setTimeout, clearTimeout } = globalThis;

/** The test that failed. */
export interface Failure {
  readonly test: NotedTest;
  readonly why: string;
  /** It had not ended within its limit, and may still run. */
  readonly late: boolean;
}

class Late extends Error {}

/**
 * Runs tests of one file in their order until one fails.
 *
 * @param limitOf milliseconds that a test may take
 * @param around runs a test, and may see what it does
 */
export async function runTests(
  tests: readonly NotedTest[],
  limitOf: (test: NotedTest) => number,
  around = (_test: NotedTest, run: () => Promise<void>) => run(),
): Promise<Failure | undefined> {
  const begun = new Set<Suite>();
  try {
    for (const test of tests) {
      try {
        await beginSuites(test.suite, begun);
        await around(test, () => within(limitOf(test), () => runOne(test)));
      } catch (error) {
        return { test, why: String(error), late: error instanceof Late };
      }
    }
    return undefined;
  } finally {
    await endSuites(begun);
  }
}

/** Outermost first. */
function suitesAround(suite: Suite | undefined): Suite[] {
  return suite === undefined ? [] : [...suitesAround(suite.outer), suite];
}

async function beginSuites(suite: Suite, begun: Set<Suite>): Promise<void> {
  for (const each of suitesAround(suite)) {
    if (begun.has(each)) continue;
    begun.add(each);
    for (const step of each.hooks.beforeAll) await within(HOOK_LIMIT, step);
  }
}

async function endSuites(begun: ReadonlySet<Suite>): Promise<void> {
  for (const step of [...begun].reverse().flatMap(({ hooks }) => hooks.afterAll)) {
    // What a failed test has left may be no more to clear up.
    await within(HOOK_LIMIT, step).catch(() => {});
  }
}

async function runOne({ suite, run }: NotedTest): Promise<void> {
  const suites = suitesAround(suite);
  for (const step of suites.flatMap(({ hooks }) => hooks.beforeEach)) await step();
  try {
    await run();
  } finally {
    for (const step of suites.reverse().flatMap(({ hooks }) => hooks.afterEach)) await step();
  }
}

async function within(milliseconds: number, step: () => unknown): Promise<void> {
  const { promise: tooLate, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Late('it does not end')), milliseconds);
  try {
    await Promise.race([step(), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
