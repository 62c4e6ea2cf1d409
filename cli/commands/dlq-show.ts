import { Command } from 'commander';
import * as z from 'zod';
import { jsonOrUndefined } from '../../lambda/json-or-undefined.ts';
import { connect } from '../aws/clients.ts';
import { Deployment } from '../aws/deployment.ts';
import { queueAttributes } from '../aws/queue-attributes.ts';
import { type DeadLetter, originOf } from '../dead-letters/dead-letter.ts';
import { exportLine } from '../dead-letters/exported.ts';
import { DeadLetterReader } from '../dead-letters/reader.ts';
import { renderCoverage, type Summary, summaryOf } from '../dead-letters/summary.ts';
import { define } from '../definition.ts';
import { addTargetOptions, TargetOptions } from '../options/target-options.ts';
import { paint, type Terminal } from '../terminal/terminal.ts';

/** `dlq show ID` */
export const DLQ_SHOW = define({
  build: () =>
    addTargetOptions(
      new Command('show')
        .description('one dead letter: why it is dead, and its event')
        .argument('<id>', 'its message id, or that of its first sending'),
    ),
  input: TargetOptions.extend({ id: z.string() }),
  examples: [['dlq show 7d5b5f0a-0a8e-4f0a-9b0e-2f1f6f0c5a11', 'as dlq list names it']],
  run: async (input, { terminal }) => {
    const stop = terminal.interruption.defer();
    const clients = connect();
    const queueUrl = await new Deployment(input, terminal, clients).deadLetterQueueUrl();
    const { retentionSeconds } = await queueAttributes(clients.sqs, queueUrl);
    await using reader = new DeadLetterReader(clients.sqs, queueUrl, stop);
    const letter = await find(reader, input.id);
    if (letter === undefined) {
      return {
        exitCode: 1,
        text: `No dead letter ${input.id}. ${renderCoverage(reader.coverage)}`,
        json: { found: false, ...reader.coverage },
      };
    }
    const summary = summaryOf(letter, retentionSeconds, Date.now());
    return {
      exitCode: 0,
      text: render(letter, summary, terminal),
      json: { found: true, ...summary, letter: jsonOrUndefined(exportLine(letter)) },
    };
  },
});

async function find(reader: DeadLetterReader, id: string): Promise<DeadLetter | undefined> {
  for await (const letters of reader.letters()) {
    const found = letters.find(
      (letter) => letter.messageId === id || originOf(letter).messageId === id,
    );
    if (found !== undefined) return found;
  }
  return undefined;
}

function render(letter: DeadLetter, summary: Summary, { stdout }: Terminal): string {
  const { failure, redrive, body } = letter;
  const origin = originOf(letter);
  const rows = [
    ['reason', summary.reason],
    ['detail', summary.detail],
    ['images', summary.guids.join(' ')],
    ['answer', failure?.http && `HTTP ${failure.http.status}: ${failure.http.excerpt}`],
    ['last reason', failure?.lastReason],
    ['died', failure?.time],
    ['attempts', failure?.attempts],
    ['request', failure?.requestId],
    ['first sent', `${new Date(origin.sentTimestamp).toISOString()} as ${origin.messageId}`],
    ['event', [origin.time, origin.id].filter(Boolean).join(' ')],
    ['redriven', redrive && `${redrive.count} times`],
    ['expires', `${summary.expiresAt}, in ${summary.daysLeft} days`],
  ] as const;
  const lines = rows.flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [`${name.padEnd(12)}${value}`],
  );
  return [paint(stdout, 'bold', letter.messageId), ...lines, '', body].join('\n');
}
