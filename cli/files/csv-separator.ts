import { columnOf } from './csv-columns.ts';

/** What separates cells: a comma, or what exports of other programs and languages have instead. */
const SEPARATORS = [
  { separator: ',', name: 'commas' },
  { separator: ';', name: 'semicolons' },
  { separator: '\t', name: 'tabs' },
  { separator: '|', name: 'pipes' },
] as const;

/** The line in which a file names its separator for Excel. */
const SEPARATOR_LINE = /^"?sep=(.)"?[,;\t|]*$/i;

/** How a file of CSV is cut. */
export interface Layout {
  readonly separator: string;
  /** `semicolons`, say; undefined for commas. */
  readonly name?: string;
  /** Whether the line says so and is no row. */
  readonly isDeclared: boolean;
}

/** Finds out what separates cells: what the first line says it is, or makes most known columns of it. */
export function layoutOf(firstLine: string): Layout {
  const declared = SEPARATOR_LINE.exec(firstLine)?.[1];
  if (declared !== undefined) return { ...named(declared), isDeclared: true };
  const [best] = SEPARATORS.map(({ separator }) => ({
    separator,
    known: columnsKnown(firstLine, separator),
  })).toSorted((one, other) => other.known - one.known);
  return { ...named(best?.separator ?? ','), isDeclared: false };
}

/** Whether a line names the guid among other columns, as the first line of CSV does. */
export function isHeader(line: string): boolean {
  return SEPARATORS.some(({ separator }) => {
    const columns = line.split(separator).map((name) => columnOf(unquoted(name)));
    return columns.includes('guid') && columns.filter((column) => column).length > 1;
  });
}

function named(separator: string) {
  if (separator === ',') return { separator };
  const known = SEPARATORS.find((one) => one.separator === separator);
  return { separator, name: known?.name ?? JSON.stringify(separator) };
}

function columnsKnown(line: string, separator: string): number {
  return line.split(separator).filter((name) => columnOf(unquoted(name)) !== undefined).length;
}

function unquoted(name: string): string {
  return name.trim().replace(/^"(.*)"$/, '$1');
}
