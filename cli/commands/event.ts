import { Command } from 'commander';
import * as z from 'zod';
import type { TrailRecord } from '../../lambda/trail/read-trail.ts';
import { openTarget } from '../aws/target.ts';
import { trailOf } from '../aws/trail.ts';
import { define } from '../definition.ts';
import { sinceOf } from '../options/since.ts';
import { addTargetOptions, TargetOptions } from '../options/target-options.ts';
import { wholeNumber } from '../options/whole-number.ts';
import { momentOf } from '../terminal/moment.ts';
import { plural } from '../terminal/plural.ts';
import { paint } from '../terminal/terminal.ts';
import { findEvent } from '../trail/find-event.ts';
import { EventFilter, findEvents } from '../trail/find-events.ts';
import { lookAtTerminal, renderReadingAndMore } from '../trail/look-up-at-terminal.ts';
import { headingOf, jsonOf, nameOf, timelineOf, verdictOf } from '../trail/timeline.ts';

/** `event show ID`, which is also `event ID` */
export const EVENT_SHOW = define({
  build: () =>
    addTargetOptions(
      new Command('show')
        .description(
          'what became of an event, as a timeline: its messages, each time that it was decided, its redrives',
        )
        .argument(
          '<id>',
          'its own id, that of a message or a dead letter of it, or the beginning that dlq list shows',
        )
        .option(
          '--since <time>',
          'how far back to read (default: to its first sending, 30d at most)',
          sinceOf,
        ),
    ),
  input: TargetOptions.extend({ id: z.string().min(1), since: z.number().optional() }),
  examples: [
    ['event order-17', 'by its own id'],
    ['event 7d5b5f0a-0a8e-4f0a-9b0e-2f1f6f0c5a11 --since 7d', 'by the id of a message or a letter'],
  ],
  run: async ({ id, since, ...target }, { terminal, emit }) => {
    const { clients, deployment } = await openTarget(target, terminal);
    const look = lookAtTerminal(await trailOf(deployment, clients.dynamoDb), terminal);
    const { records, reading } = await findEvent(look, id, since);
    const read = renderReadingAndMore(reading);
    if (records.length === 0) {
      const text = `The trail does not know ${id}. ${read}`;
      return { exitCode: 1, text, json: { found: false, id, ...reading } };
    }
    const heading = headingOf(records);
    emit(paint(terminal.stdout, 'bold', heading), { what: 'event', heading });
    for (const { text, json } of timelineOf(records)) emit(text, json);
    const json = { found: true, id, decisions: records.length, ...reading };
    return { exitCode: 0, text: read, json };
  },
});

/** `event list` */
export const EVENT_LIST = define({
  build: () =>
    addTargetOptions(
      new Command('list')
        .description('what became of events, newest first')
        .option(
          '--since <time>',
          'since when: 30m, 12h, 7d, or an RFC 3339 time (default: a day before the end)',
          sinceOf,
        )
        .option('--until <time>', 'until when, as --since says it (default: now)', sinceOf)
        .option('--reason <reasons>', 'only these, with commas between')
        .option(
          '--verdict <verdicts>',
          'only these: applied, unchanged, superseded, returned, dead-lettered',
        )
        .option('--source <source>', 'only events that name this source')
        .option('--account <key>', 'only events of this account, account_key')
        .option('--limit <events>', 'so many at most (default: 50)', wholeNumber),
    ),
  input: TargetOptions.extend({
    ...EventFilter.shape,
    limit: z.number().min(1).default(50),
  }),
  examples: [
    ['event list --reason Refused,RetriesExhausted', 'two reasons, of the last 24 hours'],
    [
      'event list --since 2026-11-26T02:00:00Z --until 2026-11-26T02:10:00Z',
      'ten minutes of a night',
    ],
    ['event list --verdict returned --since 2h --json', 'one line of JSON each, for a program'],
  ],
  run: async (input, { terminal, emit }) => {
    const { clients, deployment } = await openTarget(input, terminal);
    const look = lookAtTerminal(await trailOf(deployment, clients.dynamoDb), terminal);
    const { records, reading, isMore } = await findEvents(look, input, input.limit);
    for (const record of records) emit(lineOf(record), jsonOf(record));
    const more = isMore ? '; --limit shows more' : '';
    const text = `${plural(records.length, 'decision')}${more}. ${renderReadingAndMore(reading)}`;
    return { exitCode: 0, text, json: { listed: records.length, ...reading } };
  },
});

function lineOf(record: TrailRecord): string {
  const { at, source, account, images, guids } = record;
  const which = images === 1 ? `image ${guids[0]}` : plural(images, 'image');
  const whose = [source && `from ${source}`, account && `account ${account}`].filter(Boolean);
  const facts = [verdictOf(record), nameOf(record), ...whose, which];
  return `${momentOf(at)}  ${facts.join(', ')}`;
}
