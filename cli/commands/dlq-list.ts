import { Command } from 'commander';
import { queueAttributes } from '../aws/queue-attributes.ts';
import { addFilterOptions, DeadLetterFilter, matches } from '../dead-letters/filter.ts';
import { openDeadLetters } from '../dead-letters/open-dead-letters.ts';
import { isComplete, renderCoverage, type Summary, summaryOf } from '../dead-letters/summary.ts';
import { define } from '../definition.ts';
import { addLetterQueueOptions, LetterQueueOptions } from '../options/letter-queue-options.ts';
import { startProgress } from '../terminal/progress.ts';
import { paint, type Terminal } from '../terminal/terminal.ts';

/** Longest detail in a line; `dlq show` has all of it. */
const DETAIL_LENGTH = 120;

/** `dlq list` */
export const DLQ_LIST = define({
  build: () =>
    addLetterQueueOptions(
      addFilterOptions(
        new Command('list').description(
          'dead letters by reason, newest first; while they are read they are hidden from others, for a minute at most',
        ),
      ),
    ),
  input: DeadLetterFilter.extend(LetterQueueOptions.shape),
  examples: [
    ['dlq list', 'all of them, with the days until each expires'],
    ['dlq list --reason Refused RetriesExhausted --since 12h', 'two reasons, of the last 12 hours'],
    ['dlq list --guid eaedbfbc-aee8-408f-9a80-43bda4e94de7', 'those about one image'],
  ],
  run: async (input, { terminal }) => {
    const { clients, deadLetterQueueUrl, open } = await openDeadLetters(input, terminal);
    const { visible, retentionSeconds } = await queueAttributes(clients.sqs, deadLetterQueueUrl);
    const summaries: Summary[] = [];
    const bar = startProgress(terminal, visible, 'Reading dead letters');
    await using reader = open();
    for await (const letters of reader.letters()) {
      bar.advance(letters.length, `${reader.coverage.seen} dead letters`);
      const matching = letters.filter((letter) => matches(letter, input));
      summaries.push(...matching.map((one) => summaryOf(one, retentionSeconds, Date.now())));
    }
    bar.stop(`${reader.coverage.seen} dead letters read`);
    const groups = groupsOf(summaries);
    const { coverage } = reader;
    return {
      exitCode: 0,
      text: [...groups.map((group) => renderGroup(group, terminal)), renderCoverage(coverage)].join(
        '\n\n',
      ),
      json: {
        queueUrl: deadLetterQueueUrl,
        ...coverage,
        complete: isComplete(coverage),
        groups,
      },
    };
  },
});

interface Group {
  readonly reason: Summary['reason'];
  readonly count: number;
  readonly letters: readonly Summary[];
}

/** The largest group first; in each the newest letter first. */
function groupsOf(summaries: readonly Summary[]): Group[] {
  return [...Map.groupBy(summaries, ({ reason }) => reason)]
    .map(([reason, letters]) => ({
      reason,
      count: letters.length,
      letters: letters.toSorted((one, other) => other.time.localeCompare(one.time)),
    }))
    .toSorted((one, other) => other.count - one.count);
}

function renderGroup({ reason, count, letters }: Group, { stdout }: Terminal): string {
  const lines = letters.map(({ messageId, time, daysLeft, detail, redrives }) => {
    const again = redrives === 0 ? '' : `, redriven ${redrives} times`;
    const age = paint(stdout, daysLeft < 2 ? 'red' : 'dim', `${daysLeft} days left${again}`);
    return `  ${messageId}  ${time}  ${age}\n    ${excerpt(detail)}`;
  });
  return [paint(stdout, 'bold', `${reason}: ${count}`), ...lines].join('\n');
}

function excerpt(detail: string): string {
  const line = detail.replaceAll(/\s+/g, ' ');
  return line.length <= DETAIL_LENGTH ? line : `${line.slice(0, DETAIL_LENGTH)}…`;
}
