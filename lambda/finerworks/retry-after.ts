/**
 * Reads the header `Retry-After`: seconds, or an HTTP date (RFC 9110, 10.2.3).
 *
 * @param header the header as it came
 * @param now milliseconds since 1970
 * @returns seconds from now, never negative; undefined where the header is missing or unreadable
 */
export function secondsToWait(header: string | null, now: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d+$/.test(text)) return Number(text);
  // `Date.parse` takes many texts that are no HTTP date; an HTTP date begins with a weekday's name.
  const date = /^[A-Z][a-z]{2,8},? /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1_000));
}
