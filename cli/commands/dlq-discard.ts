import { Command } from 'commander';
import * as z from 'zod';
import { discard } from '../dead-letters/discard.ts';
import { createFile } from '../dead-letters/exported.ts';
import { addFilterOptions, DeadLetterFilter, matches } from '../dead-letters/filter.ts';
import { openDeadLetters } from '../dead-letters/open-dead-letters.ts';
import type { DeadLetterReader } from '../dead-letters/reader.ts';
import { define } from '../definition.ts';
import { UsageError } from '../errors.ts';
import { addLetterQueueOptions, LetterQueueOptions } from '../options/letter-queue-options.ts';
import { agrees } from '../terminal/agreement.ts';
import { plural } from '../terminal/plural.ts';
import { isTerminal } from '../terminal/terminal.ts';

/** `dlq discard FILE` */
export const DLQ_DISCARD = define({
  build: () =>
    addLetterQueueOptions(
      addFilterOptions(
        new Command('discard')
          .description(
            'delete dead letters for good; asks first, and writes each to a file, as dlq export does, before it is deleted',
          )
          .argument('<file>', 'a file that is not there yet')
          .option('--yes', 'do not ask'),
      ),
    ),
  input: DeadLetterFilter.extend(LetterQueueOptions.shape).extend({
    file: z.string(),
    yes: z.boolean().default(false),
  }),
  examples: [
    ['dlq discard invalid.ndjson --reason InvalidEvent', 'asks, then deletes those of one reason'],
    ['dlq discard old.ndjson --yes', 'all of them, without a question'],
  ],
  run: async (input, { terminal }) => {
    if (!input.yes && !isTerminal(terminal.stdin)) {
      throw new UsageError('discard asks first, and there is no terminal to ask at: add --yes');
    }
    const { stop, open } = await openDeadLetters(input, terminal);
    const ids = await idsOf(open(), input);
    const isAgreed = ids.size > 0 && (input.yes || (await agrees(questionOf(ids.size), terminal)));
    if (!isAgreed || stop.aborted) {
      return { exitCode: 0, text: 'Nothing was discarded.', json: { discarded: 0, kept: 0 } };
    }
    const file = await createFile(input.file);
    await using reader = open();
    try {
      // Only those that were counted: more may have arrived while the question was open.
      const done = await discard(reader, ({ messageId }) => ids.has(messageId), file);
      const missed = ids.size - done.discarded;
      const rest = missed === 0 ? '' : ` ${plural(missed, 'dead letter')} stayed in the queue.`;
      return {
        exitCode: missed === 0 ? 0 : 1,
        text: `${plural(done.discarded, 'dead letter')} discarded; they are in ${input.file}.${rest}`,
        json: { file: input.file, discarded: done.discarded, kept: missed },
      };
    } finally {
      await file.close();
    }
  },
});

async function idsOf(opened: DeadLetterReader, filter: DeadLetterFilter): Promise<Set<string>> {
  await using reader = opened;
  const ids = new Set<string>();
  for await (const letters of reader.letters()) {
    for (const letter of letters) if (matches(letter, filter)) ids.add(letter.messageId);
  }
  return ids;
}

function questionOf(count: number): string {
  return `Delete ${plural(count, 'dead letter')} for good?`;
}
