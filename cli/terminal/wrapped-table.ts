/** Between two columns. */
const GAP = '  ';

/**
 * Rows of cells as lines of text, each cell broken between words so that no column is wider than it may be.
 *
 * @param widths in characters, one a column
 */
export function wrappedTable(
  rows: readonly (readonly string[])[],
  widths: readonly number[],
): string {
  return rows.map((row) => wrappedRow(row, widths)).join('\n');
}

function wrappedRow(row: readonly string[], widths: readonly number[]): string {
  const cells = widths.map((width, column) => wrapped(row[column] ?? '', width));
  const height = Math.max(...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) =>
    cells
      .map((lines, column) => (lines[line] ?? '').padEnd(widths[column] ?? 0))
      .join(GAP)
      .trimEnd(),
  ).join('\n');
}

/** A word that is longer than a line is cut into lines. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).flatMap((word) => pieces(word, width))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length <= width) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

function pieces(word: string, width: number): string[] {
  const found: string[] = [];
  for (let at = 0; at < word.length; at += width) found.push(word.slice(at, at + width));
  return found;
}
