import type { Command } from 'commander';
import * as z from 'zod';
import { DEFAULT_STACK_NAME } from '../../infra/stack-name.ts';

/** Which deployment a command is about. */
export const TargetOptions = z.object({
  stack: z.string().min(1).optional(),
  queue: z.string().min(1).optional(),
  dlq: z.string().min(1).optional(),
});
export type TargetOptions = z.output<typeof TargetOptions>;

/** The stack that is meant where none is named. */
export function stackOf({ stack }: TargetOptions): string {
  return stack ?? DEFAULT_STACK_NAME;
}

/** Adds `--stack`, `--queue` and `--dlq`. */
export function addTargetOptions(command: Command): Command {
  return command
    .option(
      '--stack <name>',
      `the stack whose outputs name the queues (default: ${DEFAULT_STACK_NAME})`,
    )
    .option('--queue <url>', 'the queue, by its URL or name')
    .option('--dlq <url>', 'the dead-letter queue, by its URL or name');
}
