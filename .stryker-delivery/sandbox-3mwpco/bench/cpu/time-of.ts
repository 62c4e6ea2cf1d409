/**
 * A process of its own for one contender: `node time-of.ts NAME RECORDS` prints microseconds of the
 * processor per record, garbage collection included.
 */
// @ts-nocheck

import type { SQSEvent } from 'aws-lambda';
import * as z from 'zod';
import { CONTENDER_NAMES, loadContender } from './contenders.ts';
import { eventOf } from './payloads.ts';

/** Time of the processor that warms up, and that is measured then, in microseconds. */
const WARM_UP = 500_000;
const MEASURED = 500_000;
const WARM_UP_RECORDS = 100;

const Arguments = z.tuple([z.enum(CONTENDER_NAMES), z.coerce.number<string>().int().positive()]);

const [name, records] = Arguments.parse(process.argv.slice(2));
const runBatch = await loadContender(name);
// As a sandbox warms up, with batches that are far from full. Where the very first batch holds 10,000
// records, V8 leaves zod's code up to three times as slow for the process's whole life.
await repeat(eventOf(WARM_UP_RECORDS), WARM_UP);
const event = eventOf(records);
await runBatch(event);
process.stdout.write(`${(await repeat(event, MEASURED)) / records}\n`);

/** Runs batch after batch for so long. @returns microseconds of the processor per batch */
async function repeat(batch: SQSEvent, microseconds: number): Promise<number> {
  const begin = process.cpuUsage();
  for (let batches = 1; ; batches += 1) {
    await runBatch(batch);
    const { user, system } = process.cpuUsage(begin);
    if (user + system >= microseconds) return (user + system) / batches;
  }
}
