import { gunzipSync } from 'node:zlib';
import {
  type AttributeValue,
  type DynamoDBClient,
  QueryCommand,
  type QueryCommandOutput,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { pMapIterable } from 'p-map';
import * as z from 'zod/mini';
import { jsonOrUndefined } from '../general/json-or-undefined.ts';
import { parseItem } from '../ledger/parse-item.ts';
import { TrailEntry } from './trail-entry.ts';
import { hourOf } from './trail-items.ts';

/** Hours read at once: each is a partition of its own. */
const PARALLEL = 8;
const HOUR = 3_600_000;

/** What a reader needs of an item; a later version may add to it. */
const StoredTrail = z.object({
  at: z.int().check(z.gte(0), z.lte(8.64e15)),
  requestId: z.string(),
  entries: z.instanceof(Uint8Array),
});

/** What became of one record in one invocation. */
export interface TrailRecord extends TrailEntry {
  /** When the invocation had settled all its records, in milliseconds since 1970. */
  readonly at: number;
  /** The invocation, to find its log. */
  readonly requestId: string;
}

/** One hour of the trail. */
export interface TrailHour {
  /** In milliseconds since 1970. */
  readonly startsAt: number;
  /** Newest first. */
  readonly records: readonly TrailRecord[];
  readonly items: number;
  /** Of the items' entries, as they are kept. */
  readonly bytes: number;
  /** What DynamoDB charges for the reading. */
  readonly readUnits: number;
  /** Items and entries that could not be understood: damaged, or of a later version. */
  readonly unreadable: number;
}

/** From when to when, in milliseconds since 1970. */
export interface TrailPeriod {
  readonly from: number;
  readonly to: number;
}

/** How many hours a period has, the first and the last counted whole. */
export function hoursIn({ from, to }: TrailPeriod): number {
  return Math.max(0, Math.floor(to / HOUR) - Math.floor(from / HOUR) + 1);
}

/**
 * Reads the trail of a period, newest hour first, some hours at once. What is not taken is not read.
 *
 * @throws what the table answers
 */
export function readTrail(
  client: DynamoDBClient,
  tableName: string,
  period: TrailPeriod,
): AsyncIterable<TrailHour> {
  const newest = Math.floor(period.to / HOUR);
  const hours = Array.from({ length: hoursIn(period) }, (_, ago) => (newest - ago) * HOUR);
  const read = (startsAt: number) => readHour(client, tableName, startsAt, period);
  return pMapIterable(hours, read, { concurrency: PARALLEL, backpressure: PARALLEL });
}

async function readHour(
  client: DynamoDBClient,
  tableName: string,
  startsAt: number,
  { from, to }: TrailPeriod,
): Promise<TrailHour> {
  const records: TrailRecord[] = [];
  const found = { startsAt, records, items: 0, bytes: 0, readUnits: 0, unreadable: 0 };
  let ExclusiveStartKey: QueryCommandOutput['LastEvaluatedKey'];
  do {
    const page: QueryCommandOutput = await client.send(
      new QueryCommand({
        TableName: tableName,
        // Of the first hour, nothing before the period.
        KeyConditionExpression: '#hour = :hour and #place >= :from',
        // One is a reserved word (AWS: DynamoDB, reserved words).
        ExpressionAttributeNames: { '#hour': 'hour', '#place': 'place' },
        ExpressionAttributeValues: marshall({
          ':hour': hourOf(startsAt),
          ':from': new Date(from).toISOString(),
        }),
        ScanIndexForward: false,
        ReturnConsumedCapacity: 'TOTAL',
        ExclusiveStartKey,
      }),
    );
    for (const item of page.Items ?? []) {
      const read = recordsIn(item);
      records.push(...read.records.filter(({ at }) => at >= from && at <= to));
      found.unreadable += read.unreadable;
      found.items += 1;
      found.bytes += item.entries?.B?.byteLength ?? 0;
    }
    found.readUnits += page.ConsumedCapacity?.CapacityUnits ?? 0;
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  return found;
}

/** What an item holds, as far as it can be understood. */
function recordsIn(attributes: Record<string, AttributeValue>) {
  const item = parseItem(StoredTrail, attributes);
  const list = item instanceof Error ? undefined : unpacked(item.entries);
  if (item instanceof Error || !Array.isArray(list)) return { records: [], unreadable: 1 };
  const { at, requestId } = item;
  const entries = list.flatMap((entry: unknown) => TrailEntry.safeParse(entry).data ?? []);
  const records = entries.map((entry): TrailRecord => ({ ...entry, at, requestId }));
  return { records, unreadable: list.length - entries.length };
}

/** @returns undefined where it is no JSON in a gzip */
function unpacked(entries: Uint8Array): unknown {
  try {
    return jsonOrUndefined(gunzipSync(entries).toString());
  } catch {
    return undefined;
  }
}
