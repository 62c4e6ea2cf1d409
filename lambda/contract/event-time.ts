import * as z from 'zod/mini';
import { timeFault } from './faults/time-fault.ts';

/** Nanoseconds, the finest that producers' clocks write; what is finer is cut. */
const FRACTION_DIGITS = 9;
const ZEROS = '0'.repeat(FRACTION_DIGITS);

/** The schema's own pattern: `z.regexes` would bring all of zod's others into the bundle. */
const RFC_3339 = z.iso.datetime({ offset: true }).def.pattern;

/** The last moment whose year has four digits, in milliseconds since 1970: times are compared as texts. */
export const LAST_EVENT_TIME = Date.parse('9999-12-31T23:59:59.999Z');

const UTC = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/;

/**
 * A moment in UTC with nine digits of fraction, so that comparing the texts compares the moments:
 * `2026-11-23T10:15:30.123456789Z`. Milliseconds would put two events of one producer at the same
 * moment and leave their order to chance.
 */
export type EventTime = string;

/** Not RFC 3339, but clear all the same: `2026-11-23 10:00:00+0000`, as Java, SQL and Ruby write it. */
const UNAMBIGUOUS =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2}(?:\.\d+)?) ?(?:(Z)|([+-]\d{2})(?::?(\d{2}))?)$/;

/** RFC 3339 with `Z` or an offset, as CloudEvents, EventBridge and SNS write it, or {@link UNAMBIGUOUS}. */
export const EventTime = z
  .pipe(
    z.string({ error: ({ input }) => timeFault(input) }),
    z.transform((text, { issues }) => {
      const time = readTime(text);
      if (time !== undefined) return time;
      issues.push({ code: 'custom', message: timeFault(text), input: text });
      return z.NEVER;
    }),
  )
  .register(z.globalRegistry, { format: 'date-time' });

/** The same, where it may be left out or null. */
export const OptionalTime = z.pipe(
  z.nullish(EventTime),
  z.transform((time) => time ?? undefined),
);

/** Reads what nearly every producer writes, without the schema; undefined where the schema must read it. */
export function plainUtcTime(text: string): EventTime | undefined {
  return text.endsWith('Z') && RFC_3339?.test(text) ? withFraction(text) : undefined;
}

/** Writes a moment given as milliseconds since 1970 as an {@link EventTime}. */
export function eventTimeOf(milliseconds: number): EventTime {
  return withFraction(new Date(milliseconds).toISOString());
}

function readTime(text: string): EventTime | undefined {
  const upper = text.toUpperCase();
  const strict = RFC_3339?.test(upper) ? upper : upper.replace(UNAMBIGUOUS, asRfc3339);
  if (!RFC_3339?.test(strict)) return undefined;
  const time = toUtc(strict);
  // With its offset a time can fall outside of the years 0000 to 9999.
  return /^\d{4}-/.test(time) ? time : undefined;
}

function asRfc3339(
  _: string,
  date: string,
  clock: string,
  utc?: string,
  hours?: string,
  minutes = '00',
) {
  return `${date}T${clock}${utc ?? `${hours}:${minutes}`}`;
}

function toUtc(text: string): EventTime {
  // Most producers write UTC already.
  if (UTC.test(text)) return withFraction(text);
  const fraction = /\.\d+/.exec(text)?.[0] ?? '';
  const wholeSeconds = new Date(text.replace(fraction, '')).toISOString().slice(0, -'.000Z'.length);
  return withFraction(`${wholeSeconds}${fraction}Z`);
}

/** Gives a time in UTC its nine digits of fraction; more are cut. */
function withFraction(utc: string): EventTime {
  const digits = utc.slice(0, -1);
  const point = digits.indexOf('.');
  if (point === -1) return `${digits}.${ZEROS}Z`;
  const end = point + '.'.length + FRACTION_DIGITS;
  if (digits.length > end) return `${digits.slice(0, end)}Z`;
  return `${digits}${ZEROS.slice(0, end - digits.length)}Z`;
}
