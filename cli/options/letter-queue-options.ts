import { type Command, Option } from 'commander';
import * as z from 'zod';
import { addTargetOptions, TargetOptions } from './target-options.ts';

/** Sources that have a queue for what they could not deliver. */
export const UNDELIVERED_SOURCES = ['topic', 'rule', 'webhooks'] as const;
export type UndeliveredSource = (typeof UNDELIVERED_SOURCES)[number];

/** Which deployment, and which of its queues of letters. */
export const LetterQueueOptions = TargetOptions.extend({
  from: z.enum(UNDELIVERED_SOURCES).optional(),
});
export type LetterQueueOptions = z.output<typeof LetterQueueOptions>;

/** Adds `--from` to the options of a target. */
export function addLetterQueueOptions(command: Command): Command {
  return addTargetOptions(command).addOption(
    new Option(
      '--from <source>',
      'instead of dead letters, what the topic or the rule of the stack could not deliver, or its doors for webhooks could not map',
    )
      .choices(UNDELIVERED_SOURCES)
      .conflicts('dlq'),
  );
}
