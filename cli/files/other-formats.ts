import { jsonOrUndefined } from '../../lambda/general/json-or-undefined.ts';
import { isHeader } from './csv-separator.ts';

export const COMMENT = 'a comment, which JSON does not have; take it out';

/** How comments begin in JSON5, JavaScript, YAML and shells. */
const COMMENT_START = /^(?:\/[/*]|#)/;

/**
 * Says what a file is that does not hold one event a line, by its first line.
 *
 * @param line without space around it; where it is too long for an event, its beginning
 * @returns what it is and what to do; undefined for what may be NDJSON
 */
export function notLines(line: string): string | undefined {
  if (line.startsWith('[')) {
    const isWhole = jsonOrUndefined(line) !== undefined;
    return `a JSON list, not one event a line; --format json reads it${isWhole ? ' where there is no other, else take the brackets away' : ''}`;
  }
  if (COMMENT_START.test(line)) return COMMENT;
  if (isHeader(line)) return 'the header of CSV, not an event; --format csv reads it';
  if (!line.startsWith('{')) return undefined;
  if (line.endsWith(',') && jsonOrUndefined(line.slice(0, -1)) !== undefined) {
    return 'a comma after an event: take the commas away, or put the events between [ and ] for --format json';
  }
  if (/[{[,:]$/.test(line)) {
    return 'an event of several lines; --format json reads one event or a list, jq -c . puts each on one line';
  }
  return undefined;
}
