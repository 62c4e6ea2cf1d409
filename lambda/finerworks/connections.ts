import {
  type ClientRequest,
  Agent as HttpAgent,
  type IncomingMessage,
  type RequestOptions,
  request as requestHttp,
} from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { closeIdle } from '../general/close-idle.ts';
import { NOT_CONNECTED } from './answer.ts';

/** Connections that nothing used for 4 s are closed: the other side may be about to close them too. */
const KEPT_ALIVE = { keepAlive: true, timeout: 4_000 };
/** Plain http is for the stand-in. */
const HTTP = { make: requestHttp, agent: new HttpAgent(KEPT_ALIVE) };
const HTTPS = { make: requestHttps, agent: new HttpsAgent(KEPT_ALIVE) };

/** In milliseconds, TLS included. */
const LONGEST_CONNECTING = 10_000;

/**
 * Sends a request. It is sent once, follows no redirect and undoes no encoding.
 *
 * @returns the answer, of which only the headers have come
 * @throws errors of Node with a code, and one of {@link NOT_CONNECTED}
 */
export function exchange(
  url: string,
  options: Pick<RequestOptions, 'method' | 'headers' | 'signal'>,
  body: string | undefined,
): Promise<IncomingMessage> {
  // An address may be written in capitals.
  const isHttps = new URL(url).protocol === 'https:';
  const { make, agent } = isHttps ? HTTPS : HTTP;
  return new Promise((resolve, reject) => {
    const request = make(url, { ...options, agent });
    request.once('response', resolve);
    // Also those that come after the answer has begun: without a listener each would end the process.
    request.on('error', reject);
    // Node closes without an error where the other side changes the protocol (HTTP 101).
    request.once('close', () => reject(new Error('closed without an answer')));
    boundConnecting(request, isHttps ? 'secureConnect' : 'connect');
    request.end(body);
  });
}

function boundConnecting(request: ClientRequest, connected: 'connect' | 'secureConnect'): void {
  request.once('socket', (socket) => {
    if (!socket.connecting) return;
    const timeout = setTimeout(() => {
      request.destroy(Object.assign(new Error('no connection'), { code: NOT_CONNECTED }));
    }, LONGEST_CONNECTING);
    const stop = () => clearTimeout(timeout);
    socket.once(connected, stop).once('close', stop);
  });
}

/** Closes the connections to FinerWorks that no request uses at the moment. */
export function closeIdleFinerworksConnections(): void {
  closeIdle([HTTP.agent, HTTPS.agent]);
}
