/** The share of a name's letters that may be wrong: with one error in three it is still the same word. */
const TOLERATED_SHARE = 1 / 3;

/**
 * Finds the name that was probably meant. Case, hyphens and underscores do not count, since
 * `batch-size` and `batchsize` can only mean `batchSize`.
 *
 * @returns undefined where none is near
 */
export function nearestName(given: string, names: readonly string[]): string | undefined {
  const text = lettersOf(given);
  const [nearest] = names
    .map((name) => ({ name, slips: editDistance(text, lettersOf(name)) }))
    .filter(({ slips }) => slips <= text.length * TOLERATED_SHARE)
    .toSorted((one, other) => one.slips - other.slips);
  return nearest?.name;
}

function lettersOf(name: string): string {
  return name.toLowerCase().replaceAll(/[-_]/g, '');
}

/**
 * How many letters must be put in, left out, replaced, or swapped with the next (optimal string
 * alignment), row by row.
 */
function editDistance(from: string, to: string): number {
  let before: number[] = [];
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [above, letter] of [...from].entries()) {
    let left = above + 1;
    const next = [left];
    for (const [column, other] of [...to].entries()) {
      const diagonal = (row[column] ?? 0) + (letter === other ? 0 : 1);
      const isSwapped = letter === to[column - 1] && other === from[above - 1];
      const swapped = isSwapped ? (before[column - 1] ?? 0) + 1 : Infinity;
      left = Math.min(diagonal, left + 1, (row[column + 1] ?? 0) + 1, swapped);
      next.push(left);
    }
    before = row;
    row = next;
  }
  return row.at(-1) ?? 0;
}
