import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import { listen } from '../http-server.ts';
import type { Invocation, Result } from './invocation.ts';

/** (AWS: Lambda runtime API) */
const PREFIX = '/2018-06-01/runtime';
const FUNCTION_ARN = 'arn:aws:lambda:us-east-1:000000000000:function:local';

const RuntimeError = z.object({ errorType: z.string(), errorMessage: z.string() });

/** Lambda's side of the runtime API, for one process. */
export interface RuntimeApi {
  /** `127.0.0.1:PORT`, as the variable `AWS_LAMBDA_RUNTIME_API` has it. */
  readonly address: string;
  /** Resolves once the runtime asks for an invocation; rejects where it could not load the function. */
  readonly ready: () => Promise<void>;
  /** Gives the runtime an invocation, and waits for what it says of it. One at a time. */
  readonly invoke: (invocation: Invocation) => Promise<Result>;
  readonly close: () => Promise<void>;
}

/** Starts the runtime API on a free port of 127.0.0.1. */
export async function startRuntimeApi(): Promise<RuntimeApi> {
  let asked = Promise.withResolvers<ServerResponse>();
  let underWay: { readonly id: string; readonly end: (result: Result) => void } | undefined;

  async function hear(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url?.slice(PREFIX.length) ?? '';
    if (path === '/invocation/next') {
      asked.resolve(response);
      return;
    }
    const body = await text(request);
    const [, requestId = '', what] = /^\/invocation\/([^/]+)\/(response|error)$/.exec(path) ?? [];
    if (path === '/init/error') asked.reject(new Error(errorIn(body)));
    else if (what === undefined || requestId !== underWay?.id) return refuse(request, response);
    else if (what === 'error') underWay.end({ requestId, error: errorIn(body) });
    else underWay.end({ requestId, answer: body });
    response.writeHead(202, { 'content-type': 'application/json' }).end('{"status":"OK"}');
  }

  const server = createServer((request, response) => {
    // A runtime that is killed while it speaks is heard no more.
    hear(request, response).catch(() => response.destroy());
  });
  const { url, close } = await listen(server);
  return {
    address: new URL(url).host,
    ready: async () => {
      await asked.promise;
    },
    invoke: async ({ requestId, event, deadline }) => {
      const response = await asked.promise;
      asked = Promise.withResolvers();
      const ended = Promise.withResolvers<Result>();
      underWay = { id: requestId, end: ended.resolve };
      response.writeHead(200, {
        'content-type': 'application/json',
        'lambda-runtime-aws-request-id': requestId,
        'lambda-runtime-deadline-ms': String(deadline),
        'lambda-runtime-invoked-function-arn': FUNCTION_ARN,
      });
      response.end(JSON.stringify(event));
      return ended.promise;
    },
    close,
  };
}

/** As the imitation writes an error that the handler threw. */
function errorIn(body: string): string {
  const { errorType, errorMessage } = RuntimeError.parse(JSON.parse(body));
  return `${errorType}: ${errorMessage}`;
}

function refuse({ method, url }: IncomingMessage, response: ServerResponse): void {
  response.writeHead(400).end(`no such request is expected: ${method} ${url}`);
}
