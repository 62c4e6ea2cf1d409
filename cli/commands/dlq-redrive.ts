import { Command } from 'commander';
import * as z from 'zod';
import { ledgerIfAny } from '../aws/ledger.ts';
import { queueAttributes } from '../aws/queue-attributes.ts';
import { mayChange } from '../aws/target.ts';
import { addCorrectionOption, Correction } from '../dead-letters/correction.ts';
import { dryRun } from '../dead-letters/dry-run.ts';
import { addFilterOptions, DeadLetterFilter } from '../dead-letters/filter.ts';
import { openDeadLetters } from '../dead-letters/open-dead-letters.ts';
import { planFor } from '../dead-letters/plan.ts';
import type { DeadLetterReader } from '../dead-letters/reader.ts';
import { redrive } from '../dead-letters/redrive.ts';
import { redriveOutcomeOf } from '../dead-letters/redrive-outcome.ts';
import { outcomeOrWhyNot, redriveOutcome } from '../dead-letters/redrive-report.ts';
import { MAX_REDRIVES } from '../dead-letters/redriven-message.ts';
import { define } from '../definition.ts';
import { UsageError } from '../errors.ts';
import { addLetterQueueOptions, LetterQueueOptions } from '../options/letter-queue-options.ts';
import { addLimitOptions, LimitOptions } from '../options/limit-options.ts';
import { addYesOption } from '../options/target-options.ts';
import { wholeNumber } from '../options/whole-number.ts';
import { startProgress } from '../terminal/progress.ts';

const Input = DeadLetterFilter.extend(LetterQueueOptions.shape)
  .extend(LimitOptions.shape)
  .extend({
    dryRun: z.boolean().default(false),
    yes: z.boolean().default(false),
    force: z.boolean().default(false),
    rate: z.int().min(1).optional(),
    set: Correction.optional(),
    wait: z.int().min(0),
  });
type Input = z.output<typeof Input>;

/** `dlq redrive` */
export const DLQ_REDRIVE = define({
  build: () =>
    addCorrectionOption(
      addLimitOptions(
        addFilterOptions(
          addYesOption(
            addLetterQueueOptions(
              new Command('redrive').description(
                'send dead letters back to the queue, each with its place in the order, and report what became of them',
              ),
            ),
          ),
        ),
      ),
    )
      .option('--dry-run', 'only say what would be sent')
      .option('--rate <messages>', 'messages a second at most', wholeNumber)
      .option('--force', `even those that were redriven ${MAX_REDRIVES} times before`)
      .option(
        '--wait <seconds>',
        'how long to wait until the queue is empty, to report what became of them',
        wholeNumber,
        120,
      ),
  input: Input,
  examples: [
    ['dlq redrive --reason RetriesExhausted --dry-run', 'what would be sent'],
    ['dlq redrive --reason Refused --rate 10', 'those of one reason, 10 a second'],
    ['dlq redrive --from topic', 'what the topic could not deliver, once its permission is right'],
    [
      "dlq redrive --guid eaedbfbc-aee8-408f-9a80-43bda4e94de7 --set title='My Cool Image'",
      'one image with another title, as a change of now',
    ],
  ],
  run: async (input, { terminal }) => {
    const opened = await openDeadLetters(input, terminal);
    const { stop, clients, deployment, deadLetterQueueUrl, open, openDead } = opened;
    const client = clients.sqs;
    const queueUrl = await deployment.queueUrl();
    if (queueUrl === deadLetterQueueUrl) {
      throw new UsageError('--queue and --dlq are the same queue; that would be a loop');
    }
    const reader = open();
    if (input.dryRun) return dryRun(reader, (letter) => planFor(letter, input));
    await mayChange(opened, 'Redrive dead letters?', input, terminal);
    const { visible } = await queueAttributes(client, deadLetterQueueUrl);
    const bar = startProgress(terminal, visible, 'Redriving');
    const redriving = await redriveAndRelease(reader, input, {
      client,
      queueUrl,
      stop,
      onProgress: (letters) => bar.advance(letters, `${reader.coverage.seen} dead letters read`),
    });
    bar.stop(`${redriving.redriven.length} dead letters redriven`);
    const aftermath =
      redriving.redriven.length === 0 || input.wait === 0
        ? undefined
        : await outcomeOrWhyNot(async () =>
            redriveOutcomeOf(redriving.redriven, {
              client,
              queueUrl,
              open: openDead,
              stop,
              waitSeconds: input.wait,
              ledger: await ledgerIfAny(deployment, clients.dynamoDb),
            }),
          );
    return redriveOutcome(redriving, aftermath, reader.coverage);
  },
});

/** Releases the letters that it holds before the queues are read again. */
async function redriveAndRelease(
  opened: DeadLetterReader,
  input: Input,
  dependencies: Omit<Parameters<typeof redrive>[2], 'rate'>,
) {
  await using reader = opened;
  return await redrive(reader, (letter) => planFor(letter, input), {
    ...dependencies,
    rate: input.rate,
  });
}
