import { Command } from 'commander';
import * as z from 'zod';
import { choose } from '../dead-letters/chosen.ts';
import { createFile, exportLine } from '../dead-letters/exported.ts';
import {
  addFilterOptions,
  DeadLetterFilter,
  matches,
  unknownReasons,
} from '../dead-letters/filter.ts';
import { openDeadLetters } from '../dead-letters/open-dead-letters.ts';
import { isComplete, renderCoverage } from '../dead-letters/summary.ts';
import { define } from '../definition.ts';
import { addLetterQueueOptions, LetterQueueOptions } from '../options/letter-queue-options.ts';
import { plural } from '../terminal/plural.ts';

/** `dlq export FILE` */
export const DLQ_EXPORT = define({
  build: () =>
    addLetterQueueOptions(
      addFilterOptions(
        new Command('export')
          .description(
            'write dead letters to a file, one a line of JSON with the event, attributes and failure; they stay in the queue',
          )
          .argument('<file>', 'a file that is not there yet'),
      ),
    ),
  input: DeadLetterFilter.extend(LetterQueueOptions.shape).extend({ file: z.string() }),
  examples: [
    ['dlq export dead.ndjson', 'all of them'],
    [
      'dlq export refused.ndjson --reason Refused',
      'to be edited, checked by validate and sent by dlq redrive --file',
    ],
  ],
  run: async (input, { terminal }) => {
    const { open } = await openDeadLetters(input, terminal);
    if (unknownReasons(input).length > 0) await choose(open(), input);
    const handle = await createFile(input.file);
    let exported = 0;
    await using reader = open();
    try {
      for await (const letters of reader.letters()) {
        const wanted = letters.filter((letter) => matches(letter, input));
        await handle.appendFile(wanted.map(exportLine).join(''));
        exported += wanted.length;
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    const { coverage } = reader;
    return {
      exitCode: 0,
      text: `${plural(exported, 'dead letter')} written to ${input.file}. ${renderCoverage(coverage)}`,
      json: { file: input.file, exported, ...coverage, complete: isComplete(coverage) },
    };
  },
});
