import type { Header } from './csv-columns.ts';
import type { Entry } from './entry.ts';

/** The cells of a row; null is an empty one without quotation marks, which says nothing. */
export type Cells = readonly (string | null)[];

/** Makes an event of a row. Cells beyond the columns, and of columns without a name, must be empty. */
export function toEntry({ columns, least, isNameless }: Header, cells: Cells, line: number): Entry {
  const hasValue = (cell: string | null | undefined) => (cell ?? '') !== '';
  if (cells.length < least || cells.slice(columns.length).some(hasValue)) {
    return { line, fault: `${cells.length} cells in a row of ${columns.length} columns` };
  }
  const stray = cells.findIndex((cell, at) => isNameless[at] === true && hasValue(cell));
  if (stray >= 0) {
    return { line, fault: `a value in column ${stray + 1}, which has no name in the header` };
  }
  const fields = columns
    .map((column, at) => [column, cells[at] ?? (column === 'guid' ? '' : null)] as const)
    .filter(isSaid);
  return { line, text: JSON.stringify(Object.fromEntries(fields)) };
}

function isSaid([column, cell]: readonly [string | undefined, string | null]): boolean {
  // The contract names a missing guid.
  if (column === 'guid') return true;
  // No time is an empty text: in quotation marks or not, such a row says none.
  return column !== undefined && cell !== null && (column !== 'time' || cell.trim() !== '');
}
