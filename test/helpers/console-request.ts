import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { RunningConsole } from '../../console/server/start.ts';

/** What a test sends, header by header: browsers' own clients would not let it lie. */
export interface ConsoleRequest {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Sends one request as it stands. */
export async function send(
  { origin }: Pick<RunningConsole, 'origin'>,
  { method = 'GET', path = '/', headers = {}, body }: ConsoleRequest,
) {
  const { hostname, port } = new URL(origin);
  const { promise, resolve, reject } = Promise.withResolvers<{
    status: number;
    headers: Readonly<Record<string, string | string[] | undefined>>;
    text: string;
  }>();
  // A connection each: the server ends one whose body it does not read.
  const options = { hostname, port, method, path, headers, agent: false };
  const sent = request(options, (answer) => {
    text(answer).then(
      (content) =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text: content }),
      reject,
    );
  });
  sent.on('error', reject);
  sent.end(body);
  return promise;
}

/** Opens the console as a browser does. @returns the cookie of its session */
export async function openSession(console: Pick<RunningConsole, 'origin' | 'address'>) {
  const { search } = new URL(console.address());
  const { headers } = await send(console, { path: `/${search}` });
  const [cookie = ''] = headers['set-cookie'] ?? [];
  return cookie;
}

/** The headers of the page's own requests. */
export function ownHeaders({ origin }: Pick<RunningConsole, 'origin'>, cookie: string) {
  const [pair = ''] = cookie.split(';');
  return {
    cookie: pair,
    origin,
    'sec-fetch-site': 'same-origin',
    'content-type': 'application/json',
  };
}
