import { Command } from 'commander';
import * as z from 'zod';
import { choose, renderChosen } from '../dead-letters/chosen.ts';
import { discard } from '../dead-letters/discard.ts';
import { createFile } from '../dead-letters/exported.ts';
import { addFilterOptions, DeadLetterFilter } from '../dead-letters/filter.ts';
import { openDeadLetters } from '../dead-letters/open-dead-letters.ts';
import { define } from '../definition.ts';
import { UsageError } from '../errors.ts';
import { addLetterQueueOptions, LetterQueueOptions } from '../options/letter-queue-options.ts';
import { agrees } from '../terminal/agreement.ts';
import { plural } from '../terminal/plural.ts';
import { isTerminal } from '../terminal/terminal.ts';

/** `dlq discard FILE [ID…]` */
export const DLQ_DISCARD = define({
  build: () =>
    addLetterQueueOptions(
      addFilterOptions(
        new Command('discard')
          .description(
            'delete dead letters for good; asks first, and writes each to a file, as dlq export does, before it is deleted',
          )
          .argument('<file>', 'a file that is not there yet')
          .argument('[ids...]', 'only these: ids, or beginnings of ids, as dlq list shows them')
          .option('--yes', 'do not ask'),
      ),
    ),
  input: DeadLetterFilter.extend(LetterQueueOptions.shape).extend({
    file: z.string(),
    ids: z.array(z.string()).optional(),
    yes: z.boolean().default(false),
  }),
  examples: [
    ['dlq discard invalid.ndjson --reason InvalidEvent', 'asks, then deletes those of one reason'],
    ['dlq discard one.ndjson 7d5b5f0a', 'one letter'],
    ['dlq discard old.ndjson --yes', 'all of them, without a question'],
  ],
  run: async (input, { terminal }) => {
    if (!input.yes && !isTerminal(terminal.stdin)) {
      throw new UsageError('discard asks first, and there is no terminal to ask at: add --yes');
    }
    const { stop, open } = await openDeadLetters(input, terminal);
    const chosen = await choose(open(), input);
    const ids = chosen.messageIds;
    const question = `Delete ${renderChosen(chosen)}, for good?`;
    const isAgreed = ids.size > 0 && (input.yes || (await agrees(question, terminal)));
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
        text: `${plural(done.discarded, 'dead letter')} discarded; they are in ${input.file}, and dlq redrive --file ${input.file} --discarded sends them again.${rest}`,
        json: { file: input.file, discarded: done.discarded, kept: missed },
      };
    } finally {
      await file.close();
    }
  },
});
