import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Interception } from './stand-in.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const SUCCESS = '{"status":{"success":true,"status_code":200,"message":"","debug":null}}';

const answer =
  (status: number, body: string, headers: Record<string, string> = {}): Interception =>
  (_request, response) => {
    response.writeHead(status, { ...JSON_TYPE, ...headers }).end(body);
  };

/** What can go wrong with one request, by the name that `npm start -- --faults` takes. */
export const FAULTS = {
  reset: (_request, response) => {
    response.socket?.resetAndDestroy();
  },
  stall: () => {},
  'byte-by-byte': async (_request, response) => {
    response.writeHead(200, JSON_TYPE);
    for (const byte of SUCCESS) {
      if (response.destroyed) return;
      response.write(byte);
      await sleep(200);
    }
    response.end();
  },
  'lost-answer': (_request, response, proceed) => {
    // The update is applied, and its sender never learns that.
    response.end = () => response;
    response.writeHead = () => response;
    proceed();
    response.socket?.resetAndDestroy();
  },
  'truncated-json': answer(200, SUCCESS.slice(0, 30)),
  'html-502': answer(502, '<html><h1>502 Bad Gateway</h1></html>', { 'content-type': 'text/html' }),
  'empty-200': answer(200, ''),
  'success-false': answer(200, SUCCESS.replace('true', 'false')),
  'model-state': answer(
    400,
    '{"Message":"The request is invalid.","ModelState":{"images":["No."]}}',
  ),
  redirect: answer(307, '', { location: 'http://localhost:9/v3/update_images' }),
  gigabyte: (_request, response) => writeGigabyte(response),
  throttle: answer(429, '{"message":"Too many requests"}', { 'retry-after': '1' }),
  'throttle-silently': answer(429, ''),
  unavailable: answer(503, ''),
} as const satisfies Record<string, Interception>;

export type FaultName = keyof typeof FAULTS;

export const FAULT_NAMES = Object.keys(FAULTS) as FaultName[];

/**
 * Lets every other request meet one of the faults, in turn: what is patient gets through, and what
 * is not shows it.
 */
export function alternating(names: readonly FaultName[]): Interception {
  let requests = 0;
  return (request, response, proceed) => {
    const name = names[(requests / 2) % names.length];
    requests += 1;
    if (name === undefined) return proceed();
    return FAULTS[name](request, response, proceed);
  };
}

async function writeGigabyte(response: ServerResponse): Promise<void> {
  response.writeHead(200, JSON_TYPE);
  const mebibytes = Array<Buffer>(1_024).fill(Buffer.alloc(1_048_576, ' '));
  // A client that reads up to a cap hangs up before the end.
  await pipeline(mebibytes, response).catch(() => {});
}
