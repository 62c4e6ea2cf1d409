import { type Command, InvalidArgumentError } from 'commander';
import * as z from 'zod';
import type { Config } from '../../lambda/config.ts';

/** Low by default: the function calls at the same time, and no limit is documented. */
const USUAL = 2;

/** How fast FinerWorks is asked. */
export const RateOptions = z.object({
  callsPerSecond: z.number().positive().max(1_000).optional(),
});
export type RateOptions = z.output<typeof RateOptions>;

/** Adds `--calls-per-second`. */
export function addRateOption(command: Command): Command {
  return command.option(
    '--calls-per-second <calls>',
    `how fast FinerWorks is asked for images (default: ${USUAL}, or what the stack sets if that is less)`,
    rate,
  );
}

/** The rate that is given; else the usual one, or that of the whole deployment where it is lower. */
export function rateOf(
  { callsPerSecond }: RateOptions,
  settings: Pick<Config, 'callsPerSecond'>,
): number {
  return callsPerSecond ?? Math.min(USUAL, settings.callsPerSecond ?? USUAL);
}

/** @throws {InvalidArgumentError} which commander prints */
function rate(text: string): number {
  if (!/^\d{1,4}(?:\.\d{1,3})?$/.test(text)) throw new InvalidArgumentError('Not a number.');
  return Number(text);
}
