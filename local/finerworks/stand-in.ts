import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import { jsonOrUndefined } from '../../lambda/general/json-or-undefined.ts';
import type { Keys } from '../../lambda/keys/keys.ts';
import { type HttpServer, listen } from '../http-server.ts';
import { Images } from './images.ts';
import { listImages } from './list-images.ts';
import { listVirtualInventory } from './list-virtual-inventory.ts';
import type { Habits } from './readings.ts';
import { BAD_KEYS, type Reply, status } from './replies.ts';
import { updateImages } from './update-images.ts';

/** A request as it came. */
export interface StandInRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/**
 * Comes between a request and its answer, for faults: it answers itself, or lets the stand-in answer with
 * `proceed`, and may break the connection before or after that.
 */
export type Interception = (
  request: StandInRequest,
  response: ServerResponse,
  proceed: () => void,
) => void | Promise<void>;

/** A FinerWorks of this machine, as far as docs/finerworks-api.md knows the real one. */
export interface StandIn extends HttpServer, Habits {
  readonly images: Images;
  /** Every request, in the order of arrival. */
  readonly requests: readonly StandInRequest[];
  /** The keys that are accepted; changing them is a rotation. */
  keys: Keys;
  /** The keys of accounts with their own login: no other keys are accepted for these. */
  readonly keysByAccount: Map<string, Keys>;
  intercept: Interception | undefined;
}

/**
 * Starts it on 127.0.0.1.
 *
 * @param options.port 0 for a free one
 */
export async function startStandIn(options: {
  keys: Keys;
  keysByAccount?: Readonly<Record<string, Keys>>;
  port?: number;
}): Promise<StandIn> {
  const images = new Images();
  const requests: StandInRequest[] = [];
  const keysByAccount = new Map(Object.entries(options.keysByAccount ?? {}));
  const standIn: LoginsOf & Habits & Pick<StandIn, 'intercept'> = {
    keys: options.keys,
    keysByAccount,
    intercept: undefined,
    readings: new Set(),
    listLagSeconds: 60,
  };
  const server = createServer(async (incoming, response) => {
    const request = await readRequest(incoming);
    requests.push(request);
    const proceed = () => write(response, replyTo(request, standIn, images));
    if (standIn.intercept === undefined) proceed();
    else await standIn.intercept(request, response, proceed);
  });
  return Object.assign(standIn, await listen(server, options.port), { images, requests });
}

/** What the stand-in answers to each call, once the keys are right. */
const CALLS: Readonly<Record<string, (body: string, images: Images, habits: Habits) => Reply>> = {
  'PUT /v3/update_images': updateImages,
  'POST /v3/list_images': listImages,
  'POST /v3/list_virtual_inventory': listVirtualInventory,
  'GET /v3/test_my_credentials': () => status(200),
};

/** The account in the body of each call. */
const Addressed = z.object({
  account_key: z.string().nullish(),
  library: z.object({ account_key: z.string().nullish() }).optional(),
});

/**
 * The keys that a request must carry. FinerWorks ignores an account that is not of the login (documented);
 * the stand-in refuses such a request, which shows a mistake that FinerWorks would hide.
 */
function keysFor({ body }: StandInRequest, { keys, keysByAccount }: LoginsOf): Keys {
  const addressed = Addressed.safeParse(jsonOrUndefined(body)).data;
  const account = addressed?.library?.account_key ?? addressed?.account_key ?? '';
  return keysByAccount.get(account) ?? keys;
}

type LoginsOf = Pick<StandIn, 'keys' | 'keysByAccount'>;

function replyTo(request: StandInRequest, logins: LoginsOf & Habits, images: Images): Reply {
  const call = `${request.method} ${request.path}`;
  const reply = CALLS[call];
  if (reply === undefined) {
    return { status: 404, body: { Message: `No HTTP resource was found that matches ${call}.` } };
  }
  const keys = keysFor(request, logins);
  return isAuthorized(request, keys) ? reply(request.body, images, logins) : BAD_KEYS;
}

function isAuthorized({ headers }: StandInRequest, keys: Keys): boolean {
  const given = Buffer.from(`${headers.web_api_key} ${headers.app_key}`);
  const wanted = Buffer.from(`${keys.web_api_key} ${keys.app_key}`);
  return given.byteLength === wanted.byteLength && timingSafeEqual(given, wanted);
}

async function readRequest(incoming: IncomingMessage): Promise<StandInRequest> {
  return {
    method: incoming.method ?? '',
    path: incoming.url ?? '',
    headers: incoming.headers,
    body: await text(incoming),
  };
}

function write(response: ServerResponse, { status, headers, body }: Reply): void {
  const content = typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(content);
}
