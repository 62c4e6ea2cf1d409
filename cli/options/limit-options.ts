import type { Command } from 'commander';
import * as z from 'zod';
import { pick } from 'zod/mini';
import { Config } from '../../lambda/config.ts';
import { wholeNumber } from './whole-number.ts';

/** Limits on texts, which only a stack that sets them has. */
export const LimitOptions = z.object(
  pick(Config, { maxTitleLength: true, maxDescriptionLength: true }).shape,
);
export type LimitOptions = z.output<typeof LimitOptions>;

/** Adds `--max-title-length` and `--max-description-length`. */
export function addLimitOptions(command: Command): Command {
  return command
    .option('--max-title-length <characters>', 'where the stack sets this limit', wholeNumber)
    .option(
      '--max-description-length <characters>',
      'where the stack sets this limit',
      wholeNumber,
    );
}
