import type { ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { serve } from '../../helpers/http-server.ts';
import type { CloudEmulator } from '../cloud-emulator.ts';
import { allows, type Policy } from './policy.ts';
import { requestedAccess } from './requested-access.ts';

/** Headers that belong to one connection, or to a body before it was unpacked. */
const OF_THE_CONNECTION = new Set([
  'connection',
  'transfer-encoding',
  'content-encoding',
  'content-length',
]);

/** Stands in front of the emulator, which knows no permissions, and lets through what a policy allows. */
export async function startGuard(emulator: CloudEmulator, policy: Policy) {
  const denied: string[] = [];
  const server = await serve(async (request, response) => {
    const body = await buffer(request);
    const { method = 'GET', url: path = '/', headers } = request;
    const asked = requestedAccess({ method, path, headers, body: body.toString() });
    if (!allows(policy, asked)) {
      denied.push(asked.action);
      return deny(response, `not authorized to perform ${asked.action} on ${asked.resource}`);
    }
    const { host: _own, ...kept } = headers;
    const answer = await fetch(`${emulator.url}${path}`, {
      method,
      headers: Object.entries(kept).flatMap(([name, value]): [string, string][] =>
        OF_THE_CONNECTION.has(name) || value === undefined ? [] : [[name, String(value)]],
      ),
      ...(body.length > 0 && { body: new Uint8Array(body) }),
    });
    const answered = [...answer.headers].filter(([name]) => !OF_THE_CONNECTION.has(name));
    response.writeHead(answer.status, Object.fromEntries(answered));
    response.end(await answer.bytes());
  });
  return { ...server, denied };
}

/** As services with JSON do it; the others are asked only where they may be. */
function deny(response: ServerResponse, message: string): void {
  response.writeHead(400, {
    'content-type': 'application/x-amz-json-1.0',
    'x-amzn-errortype': 'AccessDeniedException',
  });
  response.end(JSON.stringify({ __type: 'AccessDeniedException', message }));
}
