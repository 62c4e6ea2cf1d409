// @ts-nocheck
import * as z from 'zod';
import { Spread } from '../statistics.ts';

/** What so many culprits among the images of one batch cost. */
const Row = z.object({
  culprits: z.int(),
  fewestAnswers: z.int(),
  /** Calls of update_images, by contender: over all placements of the culprits. */
  calls: z.record(z.string(), Spread.extend({ most: z.number() })),
});

/** What the benchmark of isolation comes to. */
export const IsolationResult = z.object({
  images: z.int(),
  placements: z.int(),
  rows: z.array(Row),
});
export type IsolationResult = z.output<typeof IsolationResult>;
