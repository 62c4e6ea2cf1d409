import { type Answer, type PlannedFile, Question } from '../messages.ts';
import { loadAnew, loadWithMutants } from './modules.ts';
import { runTests } from './run-tests.ts';
import { mutants } from './switch.ts';
import { type NotedTest, testsNotedBy } from './test-globals.ts';

/** Milliseconds for a test without a mutant. */
const OBSERVED_LIMIT = 120_000;
/** A test that takes longer than both of these hangs: machines are busy at times. */
const LEAST_LIMIT = 5_000;
const TIMES_LONGER = 15;
/** A mutant that runs more often in a test is in a loop that never ends: Stryker's code throws. */
const LEAST_HITS = 1_000;
const TIMES_MORE = 20;

/** Test files load once, and stay: that is why this takes milliseconds for a mutant. */
const loaded = new Map<string, NotedTest[]>();

async function testsOf(file: string): Promise<NotedTest[]> {
  const tests = loaded.get(file) ?? (await testsNotedBy(() => loadAnew(file)));
  loaded.set(file, tests);
  return tests;
}

async function observe(file: string): Promise<Answer> {
  const { perTest, static: outside } = mutants.mutantCoverage;
  const tests: { milliseconds: number; hits: Record<string, number> }[] = [];
  const failure = await runTests(
    await testsOf(file),
    () => OBSERVED_LIMIT,
    async (_test, run) => {
      const id = `${file} ${tests.length}`;
      const begin = performance.now();
      mutants.currentTestId = id;
      await run().finally(() => {
        mutants.currentTestId = undefined;
      });
      tests.push({ milliseconds: performance.now() - begin, hits: perTest[id] ?? {} });
    },
  );
  if (failure !== undefined) return { kind: 'broken', why: `${failure.test.name}: ${failure.why}` };
  return { kind: 'observed', tests, loaded: Object.keys(outside) };
}

async function tryMutant(id: string, plan: readonly PlannedFile[]): Promise<Answer> {
  for (const { file, tests } of plan) {
    const all = await testsOf(file);
    const planned = new Map(tests.map((test) => [all[test.place], test]));
    const limitOf = (test: NotedTest) =>
      Math.max(LEAST_LIMIT, TIMES_LONGER * (planned.get(test)?.milliseconds ?? 0));
    const failure = await runTests(
      all.filter((test) => planned.has(test)),
      limitOf,
      (test, run) => {
        const hitLimit = LEAST_HITS + TIMES_MORE * (planned.get(test)?.hits ?? 0);
        Object.assign(mutants, { activeMutant: id, hitCount: 0, hitLimit });
        return run();
      },
    );
    mutants.activeMutant = undefined;
    if (failure === undefined) continue;
    const { test, late } = failure;
    if (late) return { kind: 'late', by: test.name };
    const withoutMutant = await runTests([test], limitOf);
    return { kind: withoutMutant === undefined ? 'killed' : 'unsure', by: test.name };
  }
  return { kind: 'survived' };
}

async function answer(question: Question): Promise<Answer> {
  switch (question.kind) {
    case 'start':
      loadWithMutants(question.root, question.code);
      return { kind: 'ready' };
    case 'observe':
      return observe(question.file);
    case 'try':
      return tryMutant(question.mutant, question.plan);
  }
}

// A mutant may let go of a promise that fails; the test that meets it is the judge.
process.on('unhandledRejection', () => {});
process.on('uncaughtException', () => {});
process.on('message', async (message) => {
  const said = await answer(Question.parse(message)).catch(
    (error): Answer => ({ kind: 'broken', why: String(error) }),
  );
  process.send?.(said);
});
process.on('disconnect', () => process.exit());
