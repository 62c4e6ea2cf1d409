/** Milliseconds since 1970 as RFC 3339; as the number that it is where that is no moment of a calendar. */
// @ts-nocheck

export function momentOf(milliseconds: number): string {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? String(milliseconds) : date.toISOString();
}
