// @ts-nocheck
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { text } from 'node:stream/consumers';
import { type HttpServer, listen } from '../../local/http-server.ts';

/** A server of a test on 127.0.0.1, ended with the test: `await using server = await serve(…)`. */
export async function serve(listener: RequestListener): Promise<HttpServer & AsyncDisposable> {
  const server = await listen(createServer(listener));
  return { ...server, [Symbol.asyncDispose]: server.close };
}

/** The whole body of a request. */
export async function bodyOf(request: IncomingMessage): Promise<string> {
  return text(request);
}
