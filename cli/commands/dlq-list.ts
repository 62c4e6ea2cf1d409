import { Command } from 'commander';
import * as z from 'zod';
import { queueAttributes } from '../aws/queue-attributes.ts';
import { refuseUnknownReasons } from '../dead-letters/chosen.ts';
import {
  addFilterOptions,
  DeadLetterFilter,
  isFiltered,
  matches,
  reasonsOf,
} from '../dead-letters/filter.ts';
import { groupsOf, type ReasonGroup } from '../dead-letters/groups.ts';
import { openDeadLetters } from '../dead-letters/open-dead-letters.ts';
import { renderList, USUAL_LIMIT } from '../dead-letters/render-list.ts';
import { isComplete, renderCoverage, type Summary, summaryOf } from '../dead-letters/summary.ts';
import { define } from '../definition.ts';
import { addLetterQueueOptions, LetterQueueOptions } from '../options/letter-queue-options.ts';
import { wholeNumber } from '../options/whole-number.ts';
import { startProgress } from '../terminal/progress.ts';

/** `dlq list` */
export const DLQ_LIST = define({
  build: () =>
    addLetterQueueOptions(
      addFilterOptions(
        new Command('list').description(
          'dead letters by reason and detail: how many, since when, of which producer, and the newest of each; while they are read they are hidden from others, for a minute at most',
        ),
      ),
    ).option(
      '--limit <letters>',
      `how many letters to name, some of each group (default: ${USUAL_LIMIT}; all with --json)`,
      wholeNumber,
    ),
  input: DeadLetterFilter.extend(LetterQueueOptions.shape).extend({
    limit: z.int().min(0).optional(),
  }),
  examples: [
    ['dlq list', 'what is wrong, on one screen'],
    ['dlq list --reason Refused,RetriesExhausted --since 12h', 'two reasons, of the last 12 hours'],
    ["dlq list --source shop-7 --detail 'not a UUID'", 'of one producer, with these words'],
    ['dlq list --guid eaedbfbc-aee8-408f-9a80-43bda4e94de7', 'those about one image'],
    ['dlq list --reason Refused --limit 1000', 'each of them'],
  ],
  run: async (input, { terminal }) => {
    const { clients, deadLetterQueueUrl, open } = await openDeadLetters(input, terminal);
    const { visible, retentionSeconds } = await queueAttributes(clients.sqs, deadLetterQueueUrl);
    const summaries: Summary[] = [];
    const reasons = new Set<string>();
    const bar = startProgress(terminal, visible, 'Reading dead letters');
    await using reader = open();
    for await (const letters of reader.letters()) {
      bar.advance(letters.length, `${reader.coverage.seen} dead letters`);
      for (const letter of letters) for (const reason of reasonsOf(letter)) reasons.add(reason);
      const matching = letters.filter((letter) => matches(letter, input));
      summaries.push(...matching.map((one) => summaryOf(one, retentionSeconds, Date.now())));
    }
    bar.stop(`${reader.coverage.seen} dead letters read`);
    refuseUnknownReasons(input, reasons);
    const groups = groupsOf(summaries);
    const { coverage } = reader;
    const { limit } = input;
    const shown = { limit: limit ?? USUAL_LIMIT, now: Date.now(), terminal };
    const none = isFiltered(input) ? 'No dead letter is one of these.' : 'No dead letter.';
    const list = groups.length === 0 ? none : renderList(groups, shown);
    return {
      exitCode: 0,
      text: `${list}\n\n${renderCoverage(coverage)}`,
      json: {
        queueUrl: deadLetterQueueUrl,
        ...coverage,
        complete: isComplete(coverage),
        groups: groups.map((group) => forPrograms(group, limit)),
      },
    };
  },
});

/** The letters stand once, with their reason; a group of details has only their ids. */
function forPrograms({ letters, details, ...group }: ReasonGroup, limit: number | undefined) {
  return {
    ...group,
    letters: letters.slice(0, limit),
    details: details.map(({ letters: all, ...detail }) => ({
      ...detail,
      messageIds: all.slice(0, limit).map(({ messageId }) => messageId),
    })),
  };
}
