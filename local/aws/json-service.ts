import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { jsonOrUndefined } from '../../lambda/general/json-or-undefined.ts';
import { type HttpServer, listen } from '../http-server.ts';

/** An answer of a service: its HTTP status, and what becomes JSON. */
type Answer = readonly [status: number, body: object];

/**
 * Starts a service of AWS's JSON protocol on 127.0.0.1.
 *
 * @param answer called with the action that `X-Amz-Target` names, and the request's content; undefined where
 *   that is no JSON
 * @param port 0 for a free one
 */
export function startJsonService(
  answer: (action: string, content: unknown) => Answer | Promise<Answer>,
  port = 0,
): Promise<HttpServer> {
  const server = createServer(async (request, response) => {
    const action = String(request.headers['x-amz-target']);
    const [status, body] = await answer(action, jsonOrUndefined(await text(request)));
    response
      .writeHead(status, { 'content-type': 'application/x-amz-json-1.1' })
      .end(JSON.stringify(body));
  });
  return listen(server, port);
}
