import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { IncomingMessage } from 'node:http';
import * as z from 'zod';
import { jsonOrUndefined } from '../../lambda/general/json-or-undefined.ts';
import type { LocalLedger } from '../../local/aws/ledger-table.ts';

/** Of every request that a server of this process gets (Node: diagnostics_channel, built-in channels). */
const CHANNEL = 'http.server.request.start';
/** A write is billed for each so many bytes of its item, begun ones included (AWS: DynamoDB, write units). */
const BYTES_OF_UNIT = 1_024;
/** Of a number, at most (AWS: DynamoDB, item sizes). */
const NUMBER_BYTES = 21;

const Started = z.object({ request: z.instanceof(IncomingMessage) });

const Attribute = z.object({
  S: z.string().optional(),
  B: z.base64().optional(),
  get M() {
    return z.record(z.string(), Attribute).optional();
  },
  get L() {
    return z.array(Attribute).optional();
  },
});
type Attribute = z.output<typeof Attribute>;
const Item = z.record(z.string(), Attribute);
type Item = z.output<typeof Item>;

const Put = z.object({ TableName: z.string(), Item });
const BatchWrite = z.object({
  RequestItems: z.record(
    z.string(),
    z.array(z.object({ PutRequest: z.object({ Item }).optional() })),
  ),
});
const BatchGet = z.object({ RequestItems: z.record(z.string(), z.unknown()) });

/** What a request writes into a table; undefined where it is about another one. */
const WRITTEN: Readonly<
  Record<string, (body: unknown, tableName: string) => readonly Item[] | undefined>
> = {
  PutItem: (body, tableName) => {
    const { TableName, Item } = Put.parse(body);
    return TableName === tableName ? [Item] : undefined;
  },
  BatchWriteItem: (body, tableName) =>
    BatchWrite.parse(body).RequestItems[tableName]?.flatMap(({ PutRequest }) =>
      PutRequest === undefined ? [] : [PutRequest.Item],
    ),
  BatchGetItem: (body, tableName) =>
    BatchGet.parse(body).RequestItems[tableName] === undefined ? undefined : [],
};

/** Requests to a table. */
export interface TableTraffic extends Disposable {
  readonly requests: number;
  /** Writes of up to 1 KB, as they are billed: those whose condition fails, too. */
  readonly writeUnits: number;
}

/**
 * Counts what reaches the local ledger's table, at its socket: whatever the function says of it. A kind of
 * request that it does not know ends the process.
 */
export function tableTraffic({
  url,
  tableName,
}: Pick<LocalLedger, 'url' | 'tableName'>): TableTraffic {
  const port = Number(new URL(url).port);
  const counts = { requests: 0, writeUnits: 0 };
  const count = (action: string, body: unknown) => {
    const written = WRITTEN[action];
    if (written === undefined) throw new Error(`the table got ${action}`);
    const items = written(body, tableName);
    if (items === undefined) return;
    counts.requests += 1;
    for (const item of items) counts.writeUnits += Math.ceil(sizeOf(item) / BYTES_OF_UNIT);
  };
  const onRequest = (message: unknown) => {
    const { request } = Started.parse(message);
    if (request.socket.localPort !== port) return;
    const chunks: Buffer[] = [];
    // Beside the server's own listeners: reading the request in another way would take it from them.
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const action = String(request.headers['x-amz-target']).replace(/^.*\./, '');
      count(action, jsonOrUndefined(Buffer.concat(chunks).toString()));
    });
  };
  subscribe(CHANNEL, onRequest);
  return Object.assign(counts, { [Symbol.dispose]: () => unsubscribe(CHANNEL, onRequest) });
}

/** Names and values, as DynamoDB counts them (AWS: DynamoDB, item sizes). */
function sizeOf(item: Item): number {
  return Object.entries(item).reduce(
    (bytes, [name, value]) => bytes + Buffer.byteLength(name) + sizeOfValue(value),
    0,
  );
}

function sizeOfValue({ S, B, M, L }: Attribute): number {
  if (S !== undefined) return Buffer.byteLength(S);
  if (B !== undefined) return Buffer.from(B, 'base64').byteLength;
  if (M !== undefined) return sizeOf(M);
  if (L !== undefined) return L.reduce((bytes, value) => bytes + sizeOfValue(value), 0);
  return NUMBER_BYTES;
}
