import * as z from 'zod';

/** Tests of a file that run a mutant's place, in the order of the file. */
const PlannedFile = z.object({
  file: z.string(),
  tests: z.array(
    z.object({
      place: z.number(),
      /** How long it takes, and how often the mutant's place runs in it, without the mutant. */
      milliseconds: z.number(),
      hits: z.number(),
    }),
  ),
});
export type PlannedFile = z.infer<typeof PlannedFile>;

/** What the command asks of a sandbox, one at a time. */
export const Question = z.discriminatedUnion('kind', [
  /** The first: where the sources are, and their code with all mutants in it, by path. */
  z.object({ kind: z.literal('start'), root: z.string(), code: z.record(z.string(), z.string()) }),
  /** Runs all tests of a file without a mutant, and sees which mutants they would meet. */
  z.object({ kind: z.literal('observe'), file: z.string() }),
  /** Switches a mutant on and runs tests until one fails. */
  z.object({
    kind: z.literal('try'),
    mutant: z.string(),
    plan: z.array(PlannedFile),
  }),
]);
export type Question = z.infer<typeof Question>;

const ObservedTest = z.object({
  milliseconds: z.number(),
  /** How often each mutant's place ran, by the mutant's id. */
  hits: z.record(z.string(), z.number()),
});
export type ObservedTest = z.infer<typeof ObservedTest>;

/** What a sandbox answers. */
export const Answer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({
    kind: z.literal('observed'),
    tests: z.array(ObservedTest),
    /** Mutants whose places ran outside of tests, as modules loaded. */
    loaded: z.array(z.string()),
  }),
  /** A test fails without any mutant. */
  z.object({ kind: z.literal('broken'), why: z.string() }),
  z.object({ kind: z.literal('survived') }),
  z.object({ kind: z.literal('killed'), by: z.string() }),
  /** The test waits for ever: this process is in no state to go on. */
  z.object({ kind: z.literal('late'), by: z.string() }),
  /** The test fails now without the mutant too: what an earlier mutant left may be why. */
  z.object({ kind: z.literal('unsure'), by: z.string() }),
]);
export type Answer = z.infer<typeof Answer>;
