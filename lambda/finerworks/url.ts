import * as z from 'zod/mini';

const LOOPBACK_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * The base address of the FinerWorks API, without a trailing slash.
 *
 * Every call carries both keys in its headers, so plain http is allowed to loopback only, where the
 * stand-in listens. Addresses with credentials, a query or a fragment are refused.
 */
export const CallUrl = z
  .pipe(
    z.string(),
    z.transform((text) => text.replace(/\/+$/, '')),
  )
  .check(
    z.refine(
      isSafe,
      'must be an https address (http only to loopback) without query or credentials',
    ),
  );

function isSafe(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  if (url.username || url.password || url.search || url.hash) return false;
  return (
    url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK_HOSTS.has(url.hostname))
  );
}
