import type { Command } from 'commander';
import * as z from 'zod';
import { DEFAULT_STACK_NAME } from '../../infra/stack-name.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** Which deployment a command is about, and by whose rights it is reached. */
export const TargetOptions = z.object({
  stack: z.string().min(1).optional(),
  queue: z.string().min(1).optional(),
  dlq: z.string().min(1).optional(),
  profile: z.string().min(1).optional(),
  region: z.string().min(1).optional(),
});
export type TargetOptions = z.output<typeof TargetOptions>;

/** The same, of commands that change something there. */
export const ChangeOptions = TargetOptions.extend({ yes: z.boolean().default(false) });
export type ChangeOptions = z.output<typeof ChangeOptions>;

/** The stack that is meant: `--stack`, else the variable `STACK`, else the usual one. */
export function stackOf({ stack }: TargetOptions, { STACK }: Terminal['environment']): string {
  return stack ?? (STACK || DEFAULT_STACK_NAME);
}

/** Adds `--stack`, `--queue`, `--dlq`, `--profile` and `--region`. */
export function addTargetOptions(command: Command): Command {
  return command
    .option(
      '--stack <name>',
      `the stack whose outputs name the queues (default: STACK, else ${DEFAULT_STACK_NAME})`,
    )
    .option('--queue <url>', 'the queue, by its URL or name')
    .option('--dlq <url>', 'the dead-letter queue, by its URL or name')
    .option('--profile <name>', 'the profile of AWS whose rights are used (default: AWS_PROFILE)')
    .option('--region <name>', 'the region of AWS (default: AWS_REGION, else that of the profile)');
}

/** The same with `--yes`, for commands that change something there. */
export function addChangeOptions(command: Command): Command {
  return addYesOption(addTargetOptions(command));
}

/** Adds `--yes`. */
export function addYesOption(command: Command): Command {
  return command.option('--yes', 'do not ask before changing production');
}
