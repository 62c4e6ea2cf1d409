/**
 * A body with a line for each field, where that is the same JSON. A body that JavaScript would write in
 * another way, by a number that it can't hold, say, stays as it is.
 */
export function readable(body: string): string {
  try {
    const value: unknown = JSON.parse(body);
    const isSame = JSON.stringify(value) === withoutBlanks(body);
    return isSame ? JSON.stringify(value, undefined, 2) : body;
  } catch {
    return body;
  }
}

/** JSON without the blanks between its parts; those within texts stay. */
function withoutBlanks(json: string): string {
  return json.replaceAll(/("(?:[^"\\]|\\.)*")|\s+/g, '$1');
}
