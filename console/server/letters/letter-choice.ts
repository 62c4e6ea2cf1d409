import type * as z from 'zod';
import { DeadLetterFilter } from '../../../cli/dead-letters/filter.ts';
import { LetterQueueOptions } from '../../../cli/options/letter-queue-options.ts';

/** Which letters the page is about: of which queue, and those that a filter leaves, as the commands `dlq` read it. */
export const LetterChoice = DeadLetterFilter.extend({ from: LetterQueueOptions.shape.from });
export type LetterChoice = z.output<typeof LetterChoice>;
