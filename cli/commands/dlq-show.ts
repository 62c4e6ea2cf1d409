import { Command } from 'commander';
import * as z from 'zod';
import { jsonOrUndefined } from '../../lambda/general/json-or-undefined.ts';
import type { LedgerItem } from '../../lambda/ledger/item.ts';
import { historiesOf, ledgerIfAny } from '../aws/ledger.ts';
import { queueAttributes } from '../aws/queue-attributes.ts';
import { withId } from '../dead-letters/chosen.ts';
import { type DeadLetter, originOf } from '../dead-letters/dead-letter.ts';
import { deathOf } from '../dead-letters/death.ts';
import { exportLine } from '../dead-letters/exported.ts';
import { openDeadLetters } from '../dead-letters/open-dead-letters.ts';
import type { DeadLetterReader } from '../dead-letters/reader.ts';
import { renderCoverage, type Summary, summaryOf } from '../dead-letters/summary.ts';
import { define } from '../definition.ts';
import { renderHistory } from '../images/render-history.ts';
import { historyJson } from '../json/history.ts';
import { addLetterQueueOptions, LetterQueueOptions } from '../options/letter-queue-options.ts';
import { paint, type Terminal } from '../terminal/terminal.ts';

/** `dlq show ID` */
export const DLQ_SHOW = define({
  build: () =>
    addLetterQueueOptions(
      new Command('show')
        .description('one dead letter: why it is dead, and its event')
        .argument('<id>', 'its message id or that of its first sending, or the beginning of one'),
    ),
  input: LetterQueueOptions.extend({ id: z.string() }),
  examples: [['dlq show 7d5b5f0a', 'as dlq list names it']],
  run: async (input, { terminal }) => {
    const { clients, deployment, deadLetterQueueUrl, open } = await openDeadLetters(
      input,
      terminal,
    );
    const { retentionSeconds } = await queueAttributes(clients.sqs, deadLetterQueueUrl);
    await using reader = open();
    const letter = await find(reader, input.id);
    if (letter === undefined) {
      return {
        exitCode: 1,
        text: `No dead letter ${input.id}. ${renderCoverage(reader.coverage)}`,
        json: { found: false, ...reader.coverage },
      };
    }
    const summary = summaryOf(letter, retentionSeconds, Date.now());
    const ledger = await ledgerIfAny(deployment, clients.dynamoDb);
    const histories = ledger === undefined ? [] : await historiesOf(summary.guids, ledger);
    return {
      exitCode: 0,
      text: render(letter, summary, histories, terminal),
      json: {
        found: true,
        ...summary,
        letter: jsonOrUndefined(exportLine(letter)),
        ledger: histories.map(historyJson),
      },
    };
  },
});

/** @throws {UsageError} where it could be several */
async function find(reader: DeadLetterReader, id: string): Promise<DeadLetter | undefined> {
  const begun: {
    letter: DeadLetter;
    messageId: string;
    originMessageId: string;
    reason: string;
  }[] = [];
  for await (const letters of reader.letters()) {
    for (const letter of letters) {
      const { messageId, reason } = letter;
      const originMessageId = originOf(letter).messageId;
      if (messageId === id || originMessageId === id) return letter;
      if (!messageId.startsWith(id) && !originMessageId.startsWith(id)) continue;
      begun.push({ letter, messageId, originMessageId, reason });
    }
  }
  return withId(begun, id)[0]?.letter;
}

function render(
  letter: DeadLetter,
  summary: Summary,
  histories: readonly LedgerItem[],
  { stdout }: Terminal,
): string {
  const { failure, redrive, body } = letter;
  const origin = originOf(letter);
  const rows = [
    ['reason', summary.reason],
    ['detail', summary.detail],
    ['images', summary.guids.join(' ')],
    ['source', summary.source],
    ['account', summary.account],
    ['answer', failure?.http && `HTTP ${failure.http.status}: ${failure.http.excerpt}`],
    ...deathOf(letter),
    ['event', [origin.time, summary.eventId].filter(Boolean).join(' ')],
    ['redriven', redrive && `${redrive.count} times`],
    ['expires', `${summary.expiresAt}, in ${summary.daysLeft} days`],
  ] as const;
  const lines = rows.flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [`${name.padEnd(12)}${value}`],
  );
  const known = histories.flatMap((item) => [
    '',
    paint(stdout, 'bold', `ledger: ${item.guid}`),
    ...renderHistory(item, Date.now()),
  ]);
  return [paint(stdout, 'bold', letter.messageId), ...lines, ...known, '', body].join('\n');
}
