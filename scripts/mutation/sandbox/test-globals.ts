/**
 * What the test files of a sandbox get as `@jest/globals`: the same words, but they only note the
 * tests, so that each can run again and again, and alone.
 */
export { expect } from 'expect';

type Step = (...row: unknown[]) => unknown;
const HOOKS = ['beforeAll', 'beforeEach', 'afterEach', 'afterAll'] as const;

/** A `describe`, or the file. */
export interface Suite {
  readonly outer: Suite | undefined;
  readonly hooks: Record<(typeof HOOKS)[number], Step[]>;
}

export interface NotedTest {
  readonly name: string;
  readonly run: Step;
  readonly suite: Suite;
}

const suiteIn = (outer: Suite | undefined): Suite => ({
  outer,
  hooks: { beforeAll: [], beforeEach: [], afterEach: [], afterAll: [] },
});
let suite = suiteIn(undefined);
let noted: NotedTest[] = [];

/** @returns the tests that a file has, in its order */
export async function testsNotedBy(load: () => Promise<unknown>): Promise<NotedTest[]> {
  suite = suiteIn(undefined);
  noted = [];
  await load();
  return noted;
}

function noteTest(name: string, run: Step): void {
  noted.push({ name, run, suite });
}

function noteSuite(_name: string, fill: Step): void {
  const outer = suite;
  suite = suiteIn(outer);
  fill();
  suite = outer;
}

/** With `each`: once for every row of a table. */
function withTables(note: (name: string, step: Step) => void) {
  const each = (rows: readonly unknown[]) => (name: string, step: Step) => {
    for (const row of rows) note(name, () => step(...(Array.isArray(row) ? row : [row])));
  };
  return Object.assign(note, { each });
}

export const test = withTables(noteTest);
export const describe = withTables(noteSuite);
const hook = (name: (typeof HOOKS)[number]) => (step: Step) => {
  suite.hooks[name].push(step);
};
export const beforeAll = hook('beforeAll');
export const beforeEach = hook('beforeEach');
export const afterEach = hook('afterEach');
export const afterAll = hook('afterAll');
