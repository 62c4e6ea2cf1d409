import { Command } from 'commander';
import { ledgerIfAny } from '../aws/ledger.ts';
import { queueAttributes } from '../aws/queue-attributes.ts';
import { mayChange } from '../aws/target.ts';
import { trailIfAny } from '../aws/trail.ts';
import { readerAsFunction } from '../dead-letters/as-function.ts';
import { type Chosen, choose, isAboutAll, renderChosen } from '../dead-letters/chosen.ts';
import { matches, unknownReasons } from '../dead-letters/filter.ts';
import { LettersOfFile } from '../dead-letters/letters-of-file.ts';
import { openDeadLetters } from '../dead-letters/open-dead-letters.ts';
import { readingLimits } from '../dead-letters/reading-limits.ts';
import { redriveOutcomeOf } from '../dead-letters/redrive-outcome.ts';
import { outcomeOrWhyNot, redriveOutcome } from '../dead-letters/redrive-report.ts';
import { dryRunOf, planner, redriveOf } from '../dead-letters/redrive-task.ts';
import { define, type Outcome } from '../definition.ts';
import { UsageError } from '../errors.ts';
import { addRedriveOptions, RedriveOptions } from '../options/redrive-options.ts';
import { agrees } from '../terminal/agreement.ts';
import { plural } from '../terminal/plural.ts';
import { startProgress } from '../terminal/progress.ts';
import { isTerminal, type Terminal } from '../terminal/terminal.ts';
import { redeliverLetters } from '../webhooks/redeliver-letters.ts';

const NOTHING: Outcome = { exitCode: 0, text: 'Nothing was redriven.', json: { redriven: 0 } };

/** `dlq redrive` */
export const DLQ_REDRIVE = define({
  build: () =>
    addRedriveOptions(
      new Command('redrive')
        .description(
          'send dead letters back to the queue, each with its place in the order, and report what became of them; asks where nothing says which',
        )
        .argument('[ids...]', 'only these: ids, or beginnings of ids, as dlq list shows them'),
    ),
  input: RedriveOptions,
  examples: [
    ['dlq redrive --reason Refused --dry-run', 'what would be sent, and what must die again'],
    ['dlq redrive --reason Refused --limit 5', 'a few first, to see what becomes of them'],
    [
      'dlq redrive --reason BadKeys --rate 10',
      'those that were retried without success, 10 a second',
    ],
    ['dlq redrive 7d5b5f0a --set removeVirtualInventory=true', 'one letter, its products may go'],
    [
      "dlq redrive --guid eaedbfbc-aee8-408f-9a80-43bda4e94de7 --set title='My Cool Image'",
      'one image with another title, as a change of now',
    ],
    ['dlq redrive --file dead.ndjson', 'what dlq export wrote, and somebody edited'],
    ['dlq redrive --from topic', 'what the topic could not deliver, once its permission is right'],
    [
      'dlq redrive --from webhooks',
      'webhooks that could not be mapped, once webhookFields is right',
    ],
  ],
  run: async (input, { terminal, emit }) => {
    refuseUnasked(input, terminal);
    refuseOfDoors(input);
    const opened = await openDeadLetters(input, terminal);
    const { stop, clients, deployment, deadLetterQueueUrl, open, openDead } = opened;
    const client = clients.sqs;
    const queueUrl = await deployment.queueUrl();
    if (queueUrl === deadLetterQueueUrl) {
      throw new UsageError('--queue and --dlq are the same queue; that would be a loop');
    }
    const file = input.file === undefined ? undefined : await LettersOfFile.read(input.file);
    const readAsFunction = readerAsFunction(await readingLimits(deployment, input));
    const chosen = isCounting(input) ? await choose(open(), input) : undefined;
    if (chosen && isAsking(input) && !(await mayRedriveAll(chosen, terminal))) return NOTHING;
    const task = {
      input,
      file,
      planAs: planner({ input, readAsFunction, chosen, isFile: file !== undefined }),
    };
    if (input.dryRun) return dryRunOf(task, open(), { readAsFunction, emit, limit: input.limit });
    // Who was asked about all of them has said yes already.
    if (!isAsking(input)) await mayChange(opened, 'Redrive dead letters?', input, terminal);
    if (input.from === 'webhooks') {
      await using reader = open();
      const redelivered = await redeliverLetters(reader, {
        lambda: clients.lambda,
        doorFunctionName: (source) => deployment.doorFunctionName(source),
        isMeant: (letter) =>
          matches(letter, input) && (chosen?.messageIds.has(letter.messageId) ?? true),
        limit: input.limit,
      });
      return redriveOutcome(redelivered, undefined, reader.coverage, input.limit);
    }
    const { visible } = await queueAttributes(client, deadLetterQueueUrl);
    const bar = startProgress(terminal, visible, 'Redriving');
    const since = Date.now();
    let read = 0;
    const { redriving, coverage } = await redriveOf(task, open(), {
      client,
      queueUrl,
      stop,
      rate: input.rate,
      onProgress: (letters) => {
        read += letters;
        bar.advance(letters, `${read} dead letters read`);
      },
    });
    const { redriven } = redriving;
    bar.stop(`${plural(redriven.length, 'dead letter')} redriven`);
    if (redriven.length === 0 || input.wait === 0) {
      return redriveOutcome(redriving, undefined, coverage, input.limit);
    }
    const fateBar = startProgress(terminal, redriven.length, 'Waiting for what becomes of them');
    let known = 0;
    const aftermath = await outcomeOrWhyNot(async () =>
      redriveOutcomeOf(redriven, {
        ...{ client, queueUrl, open: openDead, stop, since, waitSeconds: input.wait },
        ledger: await ledgerIfAny(deployment, clients.dynamoDb),
        trail: await trailIfAny(deployment, clients.dynamoDb),
        onKnown: (count) => {
          fateBar.advance(count - known, `${count} of ${redriven.length} settled, or dead again`);
          known = count;
        },
      }),
    );
    fateBar.stop('What became of them');
    return redriveOutcome(redriving, aftermath, coverage, input.limit);
  },
});

/** Whether nothing says which letters are meant, so that somebody must say that all are. */
function isAsking({ yes, dryRun, file, limit, ...choice }: RedriveOptions): boolean {
  return !yes && !dryRun && file === undefined && limit === undefined && isAboutAll(choice);
}

/** Whether the letters have to be counted first: to be asked about, or to find what ids and reasons mean. */
function isCounting(input: RedriveOptions): boolean {
  return isAsking(input) || (input.ids ?? []).length > 0 || unknownReasons(input).length > 0;
}

/** @throws {UsageError} where it would have to ask, and there is nobody */
function refuseUnasked(input: RedriveOptions, { stdin }: Terminal): void {
  if (!isAsking(input) || isTerminal(stdin)) return;
  throw new UsageError(
    'redrive asks before it sends all dead letters, and there is no terminal to ask at: say which (--reason, --source, --guid, ids, --limit …), or add --yes',
  );
}

/** @throws {UsageError} where a door, which alone knows how to map a letter, can't do what is asked */
function refuseOfDoors({ from, file, set, dryRun }: RedriveOptions): void {
  if (from !== 'webhooks' || !(file !== undefined || set !== undefined || dryRun)) return;
  throw new UsageError(
    'letters of webhooks are mapped by their door, as their sender wrote them: --file, --set and --dry-run do not go with --from webhooks',
  );
}

async function mayRedriveAll(chosen: Chosen, terminal: Terminal): Promise<boolean> {
  if (chosen.messageIds.size === 0) return false;
  const isAgreed = await agrees(`Redrive all ${renderChosen(chosen)}?`, terminal);
  return isAgreed && !terminal.interruption.isRequested;
}
