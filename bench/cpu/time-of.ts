/**
 * A process of its own for one contender: `node time-of.ts NAME RECORDS` prints microseconds of the
 * processor per record, garbage collection included.
 */
import * as z from 'zod';
import { CONTENDER_NAMES, loadContender } from './contenders.ts';
import { eventOf } from './payloads.ts';

/** Time of the processor that warms up, and that is measured then, in microseconds. */
const WARM_UP = 500_000;
const MEASURED = 500_000;

const Arguments = z.tuple([z.enum(CONTENDER_NAMES), z.coerce.number<string>().int().positive()]);

const [name, records] = Arguments.parse(process.argv.slice(2));
const runBatch = await loadContender(name);
const event = eventOf(records);
await repeat(WARM_UP);
process.stdout.write(`${(await repeat(MEASURED)) / records}\n`);

/** Runs batch after batch for so long. @returns microseconds of the processor per batch */
async function repeat(microseconds: number): Promise<number> {
  const begin = process.cpuUsage();
  for (let batches = 1; ; batches += 1) {
    await runBatch(event);
    const { user, system } = process.cpuUsage(begin);
    if (user + system >= microseconds) return (user + system) / batches;
  }
}
