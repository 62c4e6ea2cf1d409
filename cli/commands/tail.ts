import { setTimeout as sleep } from 'node:timers/promises';
import { Command } from 'commander';
import * as z from 'zod';
import { Guid } from '../../lambda/contract/image.ts';
import { findMapping } from '../aws/event-source-mapping.ts';
import { LogReader, logGroupOf } from '../aws/log-lines.ts';
import { queueAttributes } from '../aws/queue-attributes.ts';
import { hasService } from '../aws/reachable.ts';
import { openTarget, type Target } from '../aws/target.ts';
import { define } from '../definition.ts';
import { UsageError } from '../errors.ts';
import { sinceOf } from '../options/since.ts';
import { addTargetOptions, TargetOptions } from '../options/target-options.ts';
import { wholeNumber } from '../options/whole-number.ts';
import { isWanted, occurrenceIn } from '../tail/occurrence.ts';
import { renderOccurrence } from '../tail/render-occurrence.ts';
import { plural } from '../terminal/plural.ts';
import type { Terminal } from '../terminal/terminal.ts';

/**
 * How often the log is asked, in milliseconds. Asking costs nothing and takes one permission,
 * `logs:FilterLogEvents`; Live Tail costs by the minute, shows 500 lines a second at most, and can't look
 * back (AWS: CloudWatch Logs, Live Tail).
 */
const INTERVAL = 2_000;

/** `tail` */
export const TAIL = define({
  build: () =>
    addTargetOptions(
      new Command('tail').description(
        'what happens, as the function logs it, some seconds later: each dead letter, what comes back by reason, warnings, and the counts of each batch. What went well is not logged event by event: event list tells it, from the trail',
      ),
    )
      .option('--reason <reasons...>', 'only dead letters and returns for these reasons')
      .option('--event <ids...>', 'only dead letters of these events or messages, by their ids')
      .option('--guid <guids...>', 'only lines that name these images; not every detail does')
      .option('--since <time>', 'from then on: 30m, 12h, 7d, or an RFC 3339 time', sinceOf)
      .option('--for <seconds>', 'end after so long; else with Ctrl-C', wholeNumber),
  input: TargetOptions.extend({
    reason: z.array(z.string()).optional(),
    event: z.array(z.string()).optional(),
    guid: z.array(Guid).optional(),
    since: z.number().optional(),
    for: z.number().optional(),
  }),
  examples: [
    ['tail', 'everything, until Ctrl-C'],
    ['tail --since 1h --reason Refused RetriesExhausted', 'two reasons, of the last hour too'],
    ['tail --event order-4711 --for 60 --json', 'one event, for a program, a minute long'],
  ],
  run: async (input, { terminal, emit }) => {
    const target = await openTarget(input, terminal);
    const group = await logGroup(target, terminal);
    const stop = terminal.interruption.defer();
    const now = Date.now();
    const end = input.for === undefined ? Number.POSITIVE_INFINITY : now + input.for * 1_000;
    const reader = new LogReader(target.clients.logs, group, input.since ?? now);
    let told = 0;
    for (;;) {
      for await (const lines of reader.lines()) {
        for (const line of lines) {
          const occurrence = occurrenceIn(line);
          if (occurrence === undefined || !isWanted(occurrence, line, input)) continue;
          emit(renderOccurrence(occurrence, terminal), occurrence);
          told += 1;
        }
      }
      const left = end - Date.now();
      if (stop.aborted || left <= 0) break;
      await sleep(Math.min(INTERVAL, left), undefined, { signal: stop }).catch(() => {});
    }
    return { exitCode: 0, text: `${plural(told, 'line')}.`, json: { lines: told } };
  },
});

/** The function is that of the stack; of a queue alone, the one that takes its events. */
async function logGroup({ clients, deployment }: Target, terminal: Terminal): Promise<string> {
  const queueUrl = await deployment.queueUrl();
  if (!hasService('CLOUDWATCH_LOGS', queueUrl, terminal)) {
    throw new UsageError(
      'where the log of this queue is is not known: name the stack with --stack, or take the variables that npm start -- --serve prints',
    );
  }
  const given = await deployment.functionName();
  if (given !== undefined) return logGroupOf(clients.lambda, given);
  const { arn } = await queueAttributes(clients.sqs, queueUrl);
  const { functionName } = await findMapping(clients.lambda, arn, undefined);
  return logGroupOf(clients.lambda, functionName ?? '');
}
