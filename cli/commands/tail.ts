import { Command } from 'commander';
import * as z from 'zod';
import { Guid } from '../../lambda/contract/image.ts';
import { openTarget } from '../aws/target.ts';
import { define } from '../definition.ts';
import { sinceOf } from '../options/since.ts';
import { addTargetOptions, TargetOptions } from '../options/target-options.ts';
import { wholeNumber } from '../options/whole-number.ts';
import { follow } from '../tail/follow.ts';
import { renderOccurrence } from '../tail/render-occurrence.ts';
import { plural } from '../terminal/plural.ts';

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
      .option('--guid <guids...>', 'only lines that name these images, as those of dead letters do')
      .option('--source <source>', 'only dead letters of events that name this source')
      .option('--since <time>', 'from then on: 30m, 12h, 7d, or an RFC 3339 time', sinceOf)
      .option('--for <seconds>', 'end after so long; else with Ctrl-C', wholeNumber),
  input: TargetOptions.extend({
    reason: z.array(z.string()).optional(),
    event: z.array(z.string()).optional(),
    guid: z.array(Guid).optional(),
    source: z.string().optional(),
    since: z.number().optional(),
    for: z.number().optional(),
  }),
  examples: [
    ['tail', 'everything, until Ctrl-C'],
    ['tail --since 1h --reason Refused RetriesExhausted', 'two reasons, of the last hour too'],
    ['tail --event order-4711 --for 60 --json', 'one event, for a program, a minute long'],
  ],
  run: async ({ since, for: seconds, ...input }, { terminal, emit }) => {
    const target = await openTarget(input, terminal);
    const now = Date.now();
    const span = {
      since: since ?? now,
      until: seconds === undefined ? undefined : now + seconds * 1_000,
      stop: terminal.interruption.defer(),
    };
    let told = 0;
    for await (const some of follow(target, terminal, input, span)) {
      for (const { occurrence } of some) {
        emit(renderOccurrence(occurrence, terminal), occurrence);
        told += 1;
      }
    }
    return { exitCode: 0, text: `${plural(told, 'line')}.`, json: { lines: told } };
  },
});
