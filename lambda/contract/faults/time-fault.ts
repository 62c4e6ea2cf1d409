import { invisibleIn, notAText, quoted } from './quoted.ts';

const EXAMPLE = '2026-11-23T10:00:00Z';

/** How many of each unit are in a millisecond, and the least count of it. */
const UNITS = [
  { name: 'nanoseconds', from: 1e17, perMillisecond: 1e6 },
  { name: 'microseconds', from: 1e14, perMillisecond: 1e3 },
  { name: 'milliseconds', from: 1e11, perMillisecond: 1 },
  { name: 'seconds', from: 1e8, perMillisecond: 1e-3 },
] as const;
const MOST = 1e20;

/** What a time lacks, by its form. */
const LACKS: readonly (readonly [RegExp, string])[] = [
  [/^\d{4}-\d\d-\d\d$/, 'has no time of day'],
  [/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d ?(?:Z|[+-]\d\d:?\d\d)$/i, 'has no seconds'],
  [/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d$/i, 'has no seconds, and neither Z nor an offset'],
  [/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?$/i, 'has neither Z nor an offset'],
  [/\[[\w/+-]+\]$/, 'has the name of a zone after it'],
  [
    /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)? ?(?:Z|[+-]\d\d(?::?\d\d)?)$/i,
    'is no moment of the years 0000 to 9999',
  ],
];

/** What is wrong with a value that should be an RFC 3339 time and is not, and what to write. */
export function timeFault(value: unknown): string {
  const count = countIn(value);
  if (count !== undefined) return `${quoted(value)} counts ${count}`;
  if (typeof value !== 'string') {
    return value === undefined ? 'missing' : `${notAText(value)}: write RFC 3339, ${EXAMPLE}`;
  }
  return `${quoted(value)} ${faultOf(value)}: write RFC 3339, ${EXAMPLE}`;
}

function faultOf(text: string): string {
  const invisible = invisibleIn(text);
  if (invisible !== undefined) return `holds ${invisible}`;
  const [, lack] = LACKS.find(([pattern]) => pattern.test(text)) ?? [];
  return lack ?? 'is not an RFC 3339 time with Z or an offset';
}

/** What a number, or a text that is one, counts since 1970, and the moment that it means. */
function countIn(value: unknown): string | undefined {
  // An object may have a `toString` of its own, which is no function.
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const number = /^\d{9,20}(?:\.\d+)?$/.test(String(value)) ? Number(value) : 0;
  const unit = UNITS.find(({ from }) => number >= from && number < MOST);
  if (unit === undefined) return undefined;
  const moment = new Date(number / unit.perMillisecond);
  return `${unit.name} since 1970: write ${moment.toISOString()}`;
}
