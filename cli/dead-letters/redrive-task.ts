import type { Outcome } from '../definition.ts';
import type { RedriveOptions } from '../options/redrive-options.ts';
import type { ReadAsFunction } from './as-function.ts';
import type { Chosen } from './chosen.ts';
import { DryRun } from './dry-run.ts';
import type { LettersOfFile, PlanAs } from './letters-of-file.ts';
import { planFor } from './plan.ts';
import type { Coverage, DeadLetterReader } from './reader.ts';
import { type Redriving, redrive } from './redrive.ts';
import { isComplete } from './summary.ts';

/** What `dlq redrive` is to do. */
export interface RedriveTask {
  readonly input: Pick<RedriveOptions, 'discarded' | 'limit'>;
  /** The letters of `--file`. */
  readonly file: LettersOfFile | undefined;
  readonly planAs: PlanAs;
}

interface PlanDependencies {
  readonly input: RedriveOptions;
  readonly readAsFunction: ReadAsFunction;
  /** The letters that were counted, where ids name some. */
  readonly chosen: Chosen | undefined;
  readonly isFile: boolean;
}

/**
 * Plans letters by the options. What somebody has written into a file is sent only if it can live: a queue's
 * own letter may, by a newer version of the function.
 */
export function planner({ input, readAsFunction, chosen, isFile }: PlanDependencies): PlanAs {
  const hasIds = (input.ids ?? []).length > 0;
  return (letter, body) => {
    if (hasIds && !chosen?.messageIds.has(letter.messageId)) return undefined;
    const plan = planFor(letter, { ...input, body });
    if (!isFile || input.force || plan === undefined || 'skipped' in plan) return plan;
    const read = readAsFunction(plan.message);
    if (!('reason' in read)) return plan;
    return { skipped: `must die again as ${read.reason}: ${read.detail}` };
  };
}

/** Tells what would be sent: `--dry-run`. */
export async function dryRunOf(
  { input, file, planAs }: RedriveTask,
  opened: DeadLetterReader,
  dependencies: ConstructorParameters<typeof DryRun>[0],
): Promise<Outcome> {
  await using reader = opened;
  const run = new DryRun(dependencies);
  await run.read(reader, (letter) => (file ? file.planFor(planAs, letter) : planAs(letter)));
  if (file !== undefined && !run.isFull) {
    if (input.discarded && isComplete(reader.coverage)) {
      await run.read(file.gone(), (letter) => file.planForGone(planAs, letter));
    } else for (const { messageId, why } of file.left(reader.coverage)) run.skip(messageId, why);
  }
  return run.outcome(reader.coverage);
}

/** Sends letters, and releases those that stay before the queues are read again. */
export async function redriveOf(
  { input, file, planAs }: RedriveTask,
  opened: DeadLetterReader,
  dependencies: Omit<Parameters<typeof redrive>[2], 'limit'>,
): Promise<{ redriving: Redriving; coverage: Coverage }> {
  await using reader = opened;
  const { discarded, limit } = input;
  const found = await redrive(
    reader,
    (letter) => (file ? file.planFor(planAs, letter) : planAs(letter)),
    { ...dependencies, limit },
  );
  const { coverage } = reader;
  const rest = limit === undefined ? undefined : limit - found.redriven.length;
  if (file === undefined || found.unreachable !== undefined || rest === 0) {
    return { redriving: found, coverage };
  }
  if (!discarded || !isComplete(coverage)) {
    const skipped = [...found.skipped, ...file.left(coverage)];
    return { redriving: { ...found, skipped }, coverage };
  }
  const gone = await redrive(file.gone(), (letter) => file.planForGone(planAs, letter), {
    ...dependencies,
    limit: rest,
  });
  return { redriving: joined(found, gone), coverage };
}

function joined(one: Redriving, other: Redriving): Redriving {
  return {
    redriven: [...one.redriven, ...other.redriven],
    skipped: [...one.skipped, ...other.skipped],
    failed: [...one.failed, ...other.failed],
    doubled: [...one.doubled, ...other.doubled],
    unreachable: other.unreachable,
  };
}
