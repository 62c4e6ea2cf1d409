/** UTF-16 code units that are shown of a text. */
const SHOWN = 60;
/** Of these, so many before the place where two texts begin to differ. */
const BEFORE = 20;

/** Two texts in quotation marks, a line each, shortened to where they differ. */
export function shownDifference(from: string, to: string): readonly [string, string] {
  const isShort = from.length <= SHOWN && to.length <= SHOWN;
  const start = isShort ? 0 : Math.max(0, firstDifference(from, to) - BEFORE);
  return [shownFrom(from, start), shownFrom(to, start)];
}

/** A text in quotation marks, shortened to its beginning. */
export function shownText(text: string): string {
  return shownFrom(text, 0);
}

function firstDifference(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  return at;
}

function shownFrom(text: string, start: number): string {
  // A cut through a surrogate pair would show neither half.
  const piece = text
    .slice(start, start + SHOWN)
    .replace(start > 0 ? /^[\udc00-\udfff]/ : '', '')
    .replace(start + SHOWN < text.length ? /[\ud800-\udbff]$/ : '', '');
  const before = start > 0 ? '…' : '';
  const after = start + SHOWN < text.length ? '…' : '';
  return JSON.stringify(`${before}${piece}${after}`);
}
