import { nearestName } from '../../infra/nearest-name.ts';
import { FIELDS } from '../../lambda/contract/fields.ts';
import { MalformedFile } from './entry.ts';

const COLUMNS = ['guid', ...FIELDS, 'account_key', 'time'] as const;
type Column = (typeof COLUMNS)[number];

/** The names of columns, without case, spaces, hyphens and underscores, and the field of each. */
const KNOWN: Readonly<Record<string, Column>> = {
  guid: 'guid',
  imageguid: 'guid',
  ...Object.fromEntries(
    FIELDS.flatMap((field) => [field, `image${field}`].map((name) => [lettersOf(name), field])),
  ),
  accountkey: 'account_key',
  time: 'time',
};

/** Names that are no typing errors, but can only mean a column. */
const MEANT: Readonly<Record<string, Column>> = { libraryaccountkey: 'account_key' };

/** Fields that events can have and rows can't: to ignore them would change what is sent. */
const NO_COLUMNS: Readonly<Record<string, string>> = {
  force: 'send --force says it for all rows',
  removevirtualinventory: 'an event of NDJSON or JSON can say it',
};

/** So many letters of a name's beginning are enough: `desc`. */
const MIN_NAME_LENGTH = 4;

/** The most ignored columns that are named. */
const MAX_NAMED = 20;

/** The columns of a file, in their order. */
export interface Header {
  /** undefined for a column that is ignored. */
  readonly columns: readonly (Column | undefined)[];
  /** Cells that a row must have at least. */
  readonly least: number;
  /** Whether a column has no name, so that no cell of it may have a value. */
  readonly isNameless: readonly boolean[];
  /** Columns that are there and not read, in words; undefined where there are none. */
  readonly ignored: string | undefined;
}

/** Which column is meant by a name, however it is written; undefined for any other. */
export function columnOf(name: string): Column | undefined {
  return KNOWN[lettersOf(name)];
}

/**
 * Reads the first row.
 *
 * @throws {MalformedFile} where it has no guid, a column twice, or one that only looks like a known one
 */
export function readHeader(names: readonly string[], line: number): Header {
  const columns = names.map(columnOf);
  for (const column of COLUMNS) {
    const same = names.filter((_, at) => columns[at] === column);
    if (same.length > 1) {
      throw new MalformedFile(line, `a column stands twice: ${quoted(same)}; leave one out`);
    }
  }
  const others = names.filter((name, at) => name !== '' && columns[at] === undefined);
  for (const name of others) refuseNearly(name, columns, line);
  const isText = FIELDS.some((field) => columns.includes(field));
  if (!columns.includes('guid') || !isText) {
    const missing = columns.includes('guid') ? FIELDS.join(' or ') : 'guid';
    const found = `found ${quoted(names)}; there are ${COLUMNS.join(',')}`;
    throw new MalformedFile(line, `no column ${missing}; ${found}`);
  }
  return {
    columns,
    least: names.findLastIndex((name) => name !== '') + 1,
    isNameless: names.map((name) => name === ''),
    ignored: others.length === 0 ? undefined : `columns that are ignored: ${quoted(others)}`,
  };
}

/** Refuses a typing error in a name: otherwise a whole column would silently be lost. */
function refuseNearly(name: string, columns: readonly (Column | undefined)[], line: number): void {
  const letters = lettersOf(name);
  const instead = NO_COLUMNS[letters];
  if (instead !== undefined) {
    throw new MalformedFile(line, `column ${JSON.stringify(name)} is not read; ${instead}`);
  }
  const meant =
    MEANT[letters] ??
    KNOWN[nearestName(letters, Object.keys(KNOWN)) ?? ''] ??
    COLUMNS.find((column) => letters.length >= MIN_NAME_LENGTH && column.startsWith(letters));
  if (meant === undefined || columns.includes(meant)) return;
  throw new MalformedFile(
    line,
    `unknown column ${JSON.stringify(name)}; is ${meant} meant? there are ${COLUMNS.join(',')}`,
  );
}

function lettersOf(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_-]/g, '');
}

function quoted(names: readonly string[]): string {
  const shown = names.slice(0, MAX_NAMED).map((name) => JSON.stringify(name));
  const rest = names.length - shown.length;
  return `${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
