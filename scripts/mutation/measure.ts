import { join } from 'node:path';
import { Coverage, timeOf } from './coverage.ts';
import { type Mutant, type MutatedSource, mutate } from './mutants.ts';
import { type Reply, SandboxProcess } from './sandbox-process.ts';

/** Milliseconds for a whole test file. */
const OBSERVE_LIMIT = 600_000;
/** Milliseconds that a try may take: more than the tests' own limits together. */
const tryLimit = (milliseconds: number) => 60_000 + 20 * milliseconds;

/** What became of a mutant; `static` is one that runs only as modules load, and is not tried. */
export type Status = 'killed' | 'survived' | 'uncovered' | 'static';

export interface MeasuredMutant extends Mutant {
  readonly status: Status;
  /** The test that failed. */
  readonly by?: string;
}

/** A source with what became of its mutants. */
export interface MeasuredFile {
  readonly path: string;
  readonly source: string;
  readonly mutants: readonly MeasuredMutant[];
}

export interface MeasureOptions {
  readonly root: string;
  /** Sources and test files, relative to the root. */
  readonly paths: readonly string[];
  readonly tests: readonly string[];
  readonly processes: number;
  /** Milliseconds: tests that take longer are left out. */
  readonly longest: number;
  /** Hears of each source as soon as its mutants are done, and how many of others are left. */
  readonly onFile: (file: MeasuredFile, left: number) => void;
  /** Hears what a person should know, such as that a test file fails without a mutant. */
  readonly onRemark: (remark: string) => void;
}

/** Tries every mutant of the sources against the tests that cover it. */
export async function measure(options: MeasureOptions): Promise<MeasuredFile[]> {
  const { root, paths, processes, onFile, onRemark } = options;
  const { sources, code } = await mutate(root, paths);
  const sandboxes = Array.from({ length: processes }, () => new SandboxProcess(root, code));
  try {
    const coverage = await observe(sandboxes, options);
    const tries = sources.flatMap((source) => source.mutants.map((mutant) => ({ source, mutant })));
    let left = tries.length;
    const tried = new Map<Mutant, MeasuredMutant>();
    const measured = (source: MutatedSource): MeasuredFile => ({
      ...source,
      mutants: source.mutants.flatMap((mutant) => tried.get(mutant) ?? []),
    });
    await shareOut(sandboxes, tries, async (sandbox, { source, mutant }) => {
      tried.set(mutant, await tryMutant(sandbox, coverage, source, mutant));
      left -= 1;
      if (left > 0 && left % 100 === 0) onRemark(`${left} mutants left`);
      if (source.mutants.every((each) => tried.has(each))) onFile(measured(source), left);
    });
    return sources.map(measured);
  } finally {
    for (const sandbox of sandboxes) sandbox.end();
  }
}

/** Runs every test file without a mutant. One that fails takes no part. */
async function observe(
  sandboxes: readonly SandboxProcess[],
  { root, tests, longest, onRemark }: MeasureOptions,
): Promise<Coverage> {
  const coverage = new Coverage(longest);
  onRemark(`test files to run without mutants: ${tests.length}`);
  await shareOut(sandboxes, tests, async (sandbox, path) => {
    const file = join(root, path);
    const reply = await sandbox.ask({ kind: 'observe', file }, OBSERVE_LIMIT);
    if (reply.kind === 'observed') coverage.add(file, reply.tests, reply.loaded);
    else onRemark(`left out, for it fails without a mutant: ${path}: ${whyNot(reply)}`);
  });
  return coverage;
}

const whyNot = (reply: Reply) => ('why' in reply ? reply.why : reply.kind);

async function tryMutant(
  sandbox: SandboxProcess,
  coverage: Coverage,
  { path }: MutatedSource,
  mutant: Mutant,
): Promise<MeasuredMutant> {
  const { id } = mutant;
  const plan = coverage.planFor(id, path);
  if (plan.length === 0) {
    return { ...mutant, status: coverage.isStatic(id) ? 'static' : 'uncovered' };
  }
  const question = { kind: 'try', mutant: id, plan } as const;
  const limit = tryLimit(plan.reduce((sum, file) => sum + timeOf(file), 0));
  const first = await sandbox.ask(question, limit);
  // What earlier mutants left may be why a test failed: modules loaded anew have nothing of theirs.
  const reply = first.kind === 'unsure' ? await sandbox.ask(question, limit) : first;
  if (reply.kind === 'survived') return { ...mutant, status: 'survived' };
  return { ...mutant, status: 'killed', by: 'by' in reply ? reply.by : reply.kind };
}

/** Each sandbox takes the next item as soon as it is free. */
async function shareOut<Item>(
  sandboxes: readonly SandboxProcess[],
  items: readonly Item[],
  work: (sandbox: SandboxProcess, item: Item) => Promise<void>,
): Promise<void> {
  const rest = items.values();
  await Promise.all(
    sandboxes.map(async (sandbox) => {
      for (const item of rest) await work(sandbox, item);
    }),
  );
}
