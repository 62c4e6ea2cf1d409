/**
 * Times that strictly increase: two changes that are published in the same millisecond must not
 * leave it to chance which of them is newer. The contract compares nine digits of a second.
 *
 * @param now milliseconds since 1970
 * @returns each time RFC 3339 in UTC, with microseconds
 */
// @ts-nocheck

export function strictClock(now: () => number): () => string {
  let last = 0;
  return () => {
    last = Math.max(last + 1, Math.floor(now()) * 1_000);
    const milliseconds = new Date(Math.floor(last / 1_000)).toISOString().slice(0, -1);
    return `${milliseconds}${String(last % 1_000).padStart(3, '0')}Z`;
  };
}
