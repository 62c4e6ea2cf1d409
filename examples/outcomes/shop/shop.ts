import { createServer, type IncomingMessage, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';
import { pageOf } from './page.ts';
import { Outcome, SyncStates } from './sync-states.ts';

/** The largest body that is read, in bytes: an outcome has less. */
const MAX_BYTES = 262_144;

/**
 * The shop: `POST /webhooks` takes outcomes, `GET /images/GUID` says when an image was last synced.
 *
 * @param secret `whsec_…`, which the sender signs with
 * @throws where it is no secret
 */
export function createShop(secret: string): Server {
  const webhook = new Webhook(secret);
  const states = new SyncStates();
  return createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://shop');
    if (request.method === 'POST' && pathname === '/webhooks') {
      return response.writeHead(await take(request)).end();
    }
    const [, guid] = /^\/images\/([0-9a-f-]{36})$/.exec(pathname) ?? [];
    if (request.method !== 'GET' || guid === undefined) return response.writeHead(404).end();
    const headers = { 'content-type': 'text/html; charset=utf-8' };
    return response.writeHead(200, headers).end(pageOf(guid, states.of(guid)));
  });

  /** @returns the status, which says whether to send it again */
  async function take(request: IncomingMessage): Promise<number> {
    if (!(Number(request.headers['content-length']) <= MAX_BYTES)) return 413;
    const body = await text(request);
    const outcome = Outcome.safeParse(contentOf(body, request.headers));
    if (!outcome.success) return 400;
    states.take(outcome.data);
    return 204;
  }

  /** @returns undefined where the sender did not sign just this, or more than five minutes ago */
  function contentOf(body: string, headers: IncomingMessage['headers']): unknown {
    const texts = Object.entries(headers).map(([name, value]) => [name, String(value)]);
    try {
      return webhook.verify(body, Object.fromEntries(texts));
    } catch {
      return undefined;
    }
  }
}
