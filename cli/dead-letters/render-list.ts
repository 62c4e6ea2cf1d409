import { ageOf } from '../terminal/age.ts';
import { plural } from '../terminal/plural.ts';
import { paint, type Terminal } from '../terminal/terminal.ts';
import type { DetailGroup, ReasonGroup } from './groups.ts';
import type { Summary } from './summary.ts';

/** Groups and letters that are shown where nobody says how many: together they fit a screen of 50 lines. */
const MAX_GROUPS = 16;
export const USUAL_LIMIT = 10;

/** Letters of an id that tell it from others, nearly always. */
const SHORT_ID = 8;

/** Where nobody tells the width of the terminal. */
const USUAL_WIDTH = 120;

/** Soon enough to be said in red. */
const FEW_DAYS = 2;

/** A dead-letter queue on a screen: what is wrong, how often and since when; then some letters of each. */
export function renderList(
  groups: readonly ReasonGroup[],
  { limit, now, terminal }: { limit: number; now: number; terminal: Terminal },
): string {
  const { stdout } = terminal;
  const width =
    'columns' in stdout && Number(stdout.columns) ? Number(stdout.columns) : USUAL_WIDTH;
  const all = groups.flatMap(({ reason, details }) => details.map((one) => ({ reason, one })));
  const shown = new Set(
    all
      .toSorted((one, other) => other.one.count - one.one.count)
      .slice(0, MAX_GROUPS)
      .map(({ one }) => one),
  );
  const each = Math.max(1, Math.floor(limit / Math.max(1, shown.size)));
  let left = limit;
  const lines = groups.flatMap(({ reason, count, details }) => {
    const rows = details
      .filter((one) => shown.has(one))
      .flatMap((one) => {
        const letters = one.letters.slice(0, Math.min(each, left));
        left -= letters.length;
        return [
          cut(headOf(one, now), width),
          ...letters.map((letter) => cut(rowOf(letter, now), width)),
        ];
      });
    const hidden = details.length - details.filter((one) => shown.has(one)).length;
    return [
      paint(stdout, 'bold', `${reason}: ${count.toLocaleString('en')}${expiryOf(details)}`),
      ...rows,
      ...(hidden === 0 ? [] : [`  and ${hidden} more details; see --reason ${reason}`]),
    ];
  });
  return lines.join('\n');
}

/** What is wrong, how often, since when, by whom. */
function headOf({ detail, count, first, last, sources }: DetailGroup, now: number): string {
  const names = Object.entries(sources).map(([source, of]) => `${source} (${of})`);
  const by = names.length === 0 ? '' : `, by ${names.join(', ')}`;
  const age = (time: string) => ageOf(now - Date.parse(time));
  const since = age(first) === age(last) ? age(last) : `${age(first)} to ${age(last)}`;
  return `${count.toLocaleString('en').padStart(7)} × ${since}${by}: ${oneLine(detail)}`;
}

/** One letter: how to name it, and which event and images it is about. */
function rowOf(letter: Summary, now: number): string {
  const { messageId, guids, source, eventId, time, redrives } = letter;
  const [guid = 'no image'] = guids;
  const images = guids.length > 1 ? `${guid} and ${guids.length - 1} more` : guid;
  const again = redrives === 0 ? '' : `, redriven ${plural(redrives, 'time')}`;
  const named = [source, eventId].filter((name) => name !== undefined).map(oneLine);
  const event = named.length === 0 ? '' : `  ${named.join(' ')}`;
  return `${' '.repeat(10)}${messageId.slice(0, SHORT_ID)}  ${ageOf(now - Date.parse(time))}${again}  ${images}${event}`;
}

function expiryOf(details: readonly DetailGroup[]): string {
  const days = Math.min(...details.map(({ daysLeft }) => daysLeft));
  return days < FEW_DAYS ? `, the first expires in ${days} days` : '';
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}

function cut(line: string, width: number): string {
  return line.length <= width ? line : `${line.slice(0, width - 1)}…`;
}
