import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';

/** 256 bits: nobody guesses it. */
const SECRET_BYTES = 32;

const newSecret = () => randomBytes(SECRET_BYTES).toString('base64url');

/**
 * Who may use the console: a token in an address, good for one use, becomes a cookie. Others on the same
 * machine may see the address where the browser is started with it; they come too late, or are noticed.
 */
export class Sessions {
  #token = newSecret();
  readonly #sessions = new Set<string>();
  readonly #onUsed: (nextToken: string) => void;

  /** @param onUsed called with the next token when one was used */
  constructor(onUsed: (nextToken: string) => void) {
    this.#onUsed = onUsed;
  }

  /** Good for the next browser. */
  get token(): string {
    return this.#token;
  }

  /** Lets only those with a session further; a good token begins one. */
  readonly middleware: MiddlewareHandler = async (c, next) => {
    const name = cookieName(c);
    if (this.#sessions.has(getCookie(c, name) ?? '')) return next();
    const token = c.req.path === '/' ? c.req.query('token') : undefined;
    if (token === undefined || !isSame(token, this.#token)) {
      return c.text(
        'Open the address that the console printed last: each is good for one use.',
        401,
      );
    }
    this.#token = newSecret();
    const session = newSecret();
    this.#sessions.add(session);
    setCookie(c, name, session, { httpOnly: true, sameSite: 'Strict', path: '/' });
    this.#onUsed(this.#token);
    return next();
  };
}

/** Cookies do not know ports: two consoles on one machine must not take each other's. */
function cookieName(c: Context): string {
  const [, port = ''] = (c.req.header('host') ?? '').split(':');
  return `console-${port}`;
}

function isSame(given: string, wanted: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)];
  return one.byteLength === other.byteLength && timingSafeEqual(one, other);
}
