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

async function tryMutant(id: string, hitLimit: number, plan: PlannedFile[]): Promise<Answer> {
  for (const { file, tests } of plan) {
    const all = await testsOf(file);
    const limits = new Map(
      tests.map(({ place, milliseconds }) => [
        all[place],
        Math.max(LEAST_LIMIT, TIMES_LONGER * milliseconds),
      ]),
    );
    const limitOf = (test: NotedTest) => limits.get(test) ?? LEAST_LIMIT;
    Object.assign(mutants, { activeMutant: id, hitCount: 0, hitLimit });
    const failure = await runTests(
      all.filter((test) => limits.has(test)),
      limitOf,
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
      return tryMutant(question.mutant, question.hitLimit, question.plan);
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
