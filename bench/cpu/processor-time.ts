/**
 * A process of its own for one contender: `node processor-time.ts NAME RECORDS` prints microseconds
 * of the processor per record, garbage collection included.
 */
import { Bench } from 'tinybench';
import * as z from 'zod';
import { plainEvents } from '../records.ts';
import { CPU_CONTENDERS } from './contenders.ts';

const WARM_UP_RECORDS = 100;
const MILLISECONDS = 500;

/** The processor's time of this process, all threads together: others on the machine add little. */
const processor = {
  name: 'processor',
  fn: () => {
    const { user, system } = process.cpuUsage();
    return user + system;
  },
  fromMs: (milliseconds: number) => milliseconds * 1_000,
  toMs: (microseconds: number | bigint) => Number(microseconds) / 1_000,
};

const Arguments = z.tuple([z.string(), z.coerce.number<string>().int().positive()]);
const [name, records] = Arguments.parse(process.argv.slice(2));
const runBatch = CPU_CONTENDERS[name];
if (runBatch === undefined) throw new Error(`there is no contender ${name}`);

const bench = new Bench({
  time: MILLISECONDS,
  warmup: false,
  iterations: 1,
  throws: true,
  timestampProvider: processor,
});
// As a sandbox warms up, with batches that are far from full. Where the very first batch holds 10,000
// records, V8 leaves zod's code up to three times as slow for the process's whole life.
const [few, batch] = [plainEvents(WARM_UP_RECORDS), plainEvents(records)];
bench.add('warm-up', () => runBatch(few)).add('batch', () => runBatch(batch));
await bench.run();
const result = bench.getTask('batch')?.result;
if (result?.state !== 'completed') throw new Error('nothing was measured');
process.stdout.write(`${(result.latency.mean * 1_000) / records}\n`);
