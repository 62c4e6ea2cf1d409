import type { MiddlewareHandler } from 'hono';

/** Methods that change nothing, so that a foreign page gains nothing by them: it can't read the answer. */
const SAFE = new Set(['GET', 'HEAD']);

/**
 * Lets through what this console's own page asks, and nothing of other pages that the same browser shows.
 *
 * A foreign name that resolves to 127.0.0.1 (DNS rebinding) shows in `Host`; a request of another page
 * shows in `Origin`, which browsers send with everything but plain reads (Fetch standard, Origin header).
 *
 * @param hosts the addresses of this console, with their port
 */
export function guard(hosts: () => ReadonlySet<string>): MiddlewareHandler {
  return async (c, next) => {
    const host = c.req.header('host') ?? '';
    if (!hosts().has(host)) return c.text('This is no address of the console.', 421);
    const origin = c.req.header('origin');
    const isOwn = origin === undefined ? SAFE.has(c.req.method) : origin === `http://${host}`;
    const site = c.req.header('sec-fetch-site') ?? 'none';
    // A link in another page may lead to the first page, and to nothing else.
    const isNavigation = c.req.path === '/' && SAFE.has(c.req.method);
    if (!isOwn || !(isNavigation || site === 'same-origin' || site === 'none')) {
      return c.text('Another page asks: refused.', 403);
    }
    return next();
  };
}
