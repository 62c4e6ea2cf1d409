import { type Command, Option } from 'commander';
import * as z from 'zod';
import { addCorrectionOption, Correction } from '../dead-letters/correction.ts';
import { addFilterOptions, DeadLetterFilter } from '../dead-letters/filter.ts';
import { MAX_REDRIVES } from '../dead-letters/redriven-message.ts';
import { addLetterQueueOptions, LetterQueueOptions } from './letter-queue-options.ts';
import { addLimitOptions, LimitOptions } from './limit-options.ts';
import { wholeNumber } from './whole-number.ts';

/** What `dlq redrive` was asked for. */
export const RedriveOptions = DeadLetterFilter.extend(LetterQueueOptions.shape)
  .extend(LimitOptions.shape)
  .extend({
    ids: z.array(z.string()).optional(),
    file: z.string().min(1).optional(),
    discarded: z.boolean().default(false),
    dryRun: z.boolean().default(false),
    force: z.boolean().default(false),
    limit: z.int().min(1).optional(),
    rate: z.int().min(1).optional(),
    set: Correction.optional(),
    wait: z.int().min(0),
    yes: z.boolean().default(false),
  })
  .refine(({ file, discarded }) => file !== undefined || !discarded, {
    error: '--discarded goes with --file: only a file still has what the queue has not',
  });
export type RedriveOptions = z.output<typeof RedriveOptions>;

/** Adds the options of `dlq redrive`. */
export function addRedriveOptions(command: Command): Command {
  return addCorrectionOption(addLimitOptions(addFilterOptions(addLetterQueueOptions(command))))
    .addOption(
      new Option(
        '--file <file>',
        'those of a file of dlq export or dlq discard, with their events as they stand there now',
      ).conflicts('set'),
    )
    .option('--discarded', 'with --file: even those that are no longer in the dead-letter queue')
    .option('--dry-run', 'only say what would be sent, and what of it must die again')
    .option('--limit <letters>', 'so many at most: a few, to see what becomes of them', wholeNumber)
    .option('--rate <messages>', 'messages a second at most', wholeNumber)
    .option('--force', `even those that were redriven ${MAX_REDRIVES} times before`)
    .option(
      '--wait <seconds>',
      'how long to wait for what becomes of them, to report it; 0 for not at all',
      wholeNumber,
      120,
    )
    .option('--yes', 'do not ask: neither whether all are meant, nor before changing production');
}
