import { type Command, Option } from 'commander';
import * as z from 'zod';
import { Guid } from '../../lambda/contract/image.ts';
import { REJECTIONS } from '../../lambda/verdicts/reasons.ts';
import { sinceOf } from '../options/since.ts';
import { type DeadLetter, NO_REASON, timeOfDeath } from './dead-letter.ts';

const REASONS = [...REJECTIONS, NO_REASON] as const;

/** Which dead letters a command is about; all of them by default. */
export const DeadLetterFilter = z.object({
  reason: z.array(z.enum(REASONS)).optional(),
  guid: z.array(Guid).optional(),
  /** Milliseconds since 1970. */
  since: z.number().optional(),
});
export type DeadLetterFilter = z.output<typeof DeadLetterFilter>;

/** Adds `--reason`, `--guid` and `--since`. */
export function addFilterOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--reason <reasons...>', 'only these; none: nothing says why').choices(REASONS),
    )
    .option('--guid <guids...>', 'only about these images')
    .option('--since <time>', 'only since: 30m, 12h, 7d, or an RFC 3339 time', sinceOf);
}

/** Whether a dead letter is one of those. */
export function matches(letter: DeadLetter, { reason, guid, since }: DeadLetterFilter): boolean {
  return (
    (reason === undefined || reason.includes(letter.reason)) &&
    (guid === undefined || guid.some((wanted) => letter.guids.includes(wanted))) &&
    (since === undefined || timeOfDeath(letter) >= since)
  );
}
