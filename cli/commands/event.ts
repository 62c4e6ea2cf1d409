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
import { EventSearch } from '../trail/event-search.ts';
import { lookUp, renderReading, USUAL_DAYS } from '../trail/look-up.ts';
import { headingOf, jsonOf, nameOf, timelineOf, verdictOf } from '../trail/timeline.ts';

const DAY = 86_400_000;

/** `event show ID`, which is also `event ID` */
export const EVENT_SHOW = define({
  build: () =>
    addTargetOptions(
      new Command('show')
        .description(
          'what became of an event, as a timeline: its messages, each time that it was decided, its redrives',
        )
        .argument('<id>', 'its own id, or that of a message or a dead letter of it')
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
    const trail = await trailOf(deployment, clients.dynamoDb);
    const search = new EventSearch(id);
    const now = Date.now();
    const period = { from: since ?? now - USUAL_DAYS * DAY, to: now };
    // The same id may have been sent before: where the user says how far back, all of that is read.
    const isEnough = since === undefined ? search.isEnough : () => false;
    const reading = await lookUp(trail, period, { take: search.take, isEnough }, terminal);
    const { found } = search;
    if (found.length === 0) {
      const text = `The trail does not know ${id}. ${renderReading(reading)}`;
      return { exitCode: 1, text, json: { found: false, id, ...reading } };
    }
    const heading = headingOf(found);
    emit(paint(terminal.stdout, 'bold', heading), { what: 'event', heading });
    for (const { text, json } of timelineOf(found)) emit(text, json);
    const json = { found: true, id, decisions: found.length, ...reading };
    return { exitCode: 0, text: renderReading(reading), json };
  },
});

/** Texts with commas between. */
const List = z
  .string()
  .transform((text) => text.split(',').map((one) => one.trim()))
  .optional();

/** `event list` */
export const EVENT_LIST = define({
  build: () =>
    addTargetOptions(
      new Command('list')
        .description('what became of events, newest first')
        .option(
          '--since <time>',
          'since when: 30m, 12h, 7d, or an RFC 3339 time (default: 24h)',
          sinceOf,
        )
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
    since: z.number().optional(),
    reason: List,
    verdict: List,
    source: z.string().optional(),
    account: z.string().optional(),
    limit: z.number().min(1).default(50),
  }),
  examples: [
    ['event list --reason Refused,RetriesExhausted', 'two reasons, of the last 24 hours'],
    ['event list --verdict returned --since 2h --json', 'one line of JSON each, for a program'],
  ],
  run: async (
    { since, limit, reason, verdict, source, account, ...target },
    { terminal, emit },
  ) => {
    const { clients, deployment } = await openTarget(target, terminal);
    const trail = await trailOf(deployment, clients.dynamoDb);
    const isWanted = (record: TrailRecord) =>
      (reason?.includes(record.reason ?? '') ?? true) &&
      (verdict?.includes(record.verdict) ?? true) &&
      (source ?? record.source) === record.source &&
      (account ?? record.account) === record.account;
    const listed: TrailRecord[] = [];
    const take = (record: TrailRecord) => {
      if (listed.length < limit && isWanted(record)) listed.push(record);
    };
    const now = Date.now();
    const period = { from: since ?? now - DAY, to: now };
    const isEnough = () => listed.length >= limit;
    const reading = await lookUp(trail, period, { take, isEnough }, terminal);
    for (const record of listed) emit(lineOf(record), jsonOf(record));
    const more = isEnough() ? '; --limit shows more' : '';
    const text = `${plural(listed.length, 'decision')}${more}. ${renderReading(reading)}`;
    return { exitCode: 0, text, json: { listed: listed.length, ...reading } };
  },
});

function lineOf(record: TrailRecord): string {
  const { at, source, account, images, guids } = record;
  const which = images === 1 ? `image ${guids[0]}` : plural(images, 'image');
  const whose = [source && `from ${source}`, account && `account ${account}`].filter(Boolean);
  const facts = [verdictOf(record), nameOf(record), ...whose, which];
  return `${momentOf(at)}  ${facts.join(', ')}`;
}
