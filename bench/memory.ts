import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { SQSEvent } from 'aws-lambda';
import * as z from 'zod';
import { temporaryBundle } from '../local/lambda/temporary-bundle.ts';
import { table } from '../scripts/docs/table.ts';
import { defineBenchmark, type Effort, type Rendered } from './benchmark.ts';
import { startEmulators } from './emulators.ts';
import { interleaved } from './interleaved.ts';
import { guidOf, recordOf } from './records.ts';
import { howOften, Spread, showSpread, spreadOf } from './spread.ts';

const REPEATS = { full: 5, quick: 1 } as const satisfies Record<Effort, number>;
const START = fileURLToPath(new URL('cold-start/start.ts', import.meta.url));
const PARSING_ONLY = fileURLToPath(new URL('peers/parsing-only.ts', import.meta.url));

/** So many records of so many images with so long a text: just below the 6 MB of an invocation (AWS: Lambda quotas). */
const LARGE = { records: 24, images: 12, characters: 20_000 };
const SMALL = { records: 1, images: 1, characters: 20 };

/** What is run once in a process of its own. */
const CONTENDERS = [
  { name: 'parses the bodies and no more', entryPoint: PARSING_ONLY, batch: LARGE },
  { name: 'this product, one small event', batch: SMALL },
  { name: 'this product', batch: LARGE },
] as const;

const run = promisify(execFile);
const Peak = z.object({ peakMebibytes: z.number() });
const Row = z.object({ contender: z.string(), mebibytes: Spread });
const Result = z.object({ repeats: z.int(), payloadBytes: z.int(), rows: z.array(Row) });
type Result = z.output<typeof Result>;

/** How much memory an invocation of the largest payload takes. */
export const memory = defineBenchmark({
  name: 'memory',
  title: 'Memory',
  schema: Result,
  measure: measureMemory,
  render: renderMemory,
});

async function measureMemory(effort: Effort): Promise<Result> {
  await using system = await startEmulators();
  using product = temporaryBundle();
  using parsing = temporaryBundle(PARSING_ONLY);
  const folder = await mkdtemp(join(tmpdir(), 'memory-'));
  try {
    const measured = await interleaved(CONTENDERS, REPEATS[effort], async (contender, repeat) => {
      const events = [eventOf(contender.batch, repeat)];
      const file = join(folder, 'events.json');
      await writeFile(file, JSON.stringify(events));
      const bundle = 'entryPoint' in contender ? parsing : product;
      const { stdout } = await run(process.execPath, [START, bundle.entryFile, file], {
        env: { ...system.environment, ...system.functionEnvironment },
      });
      process.stderr.write(`  ${contender.name}\n`);
      return Peak.parse(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')).peakMebibytes;
    });
    const rows = [...measured].map(([{ name }, peaks]) => ({
      contender: name,
      mebibytes: spreadOf(peaks),
    }));
    const payloadBytes = Buffer.byteLength(JSON.stringify(eventOf(LARGE, 0)));
    return { repeats: REPEATS[effort], payloadBytes, rows };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Texts differ from repeat to repeat: what the ledger knows is not sent. */
function eventOf({ records, images, characters }: typeof LARGE, repeat: number): SQSEvent {
  const textOf = (n: number) => `${repeat} ${n} `.repeat(characters).slice(0, characters);
  const Records = Array.from({ length: records }, (_, n) => {
    const first = n * images;
    const changes = Array.from({ length: images }, (_image, at) => ({
      guid: guidOf(first + at),
      description: textOf(first + at),
    }));
    return recordOf(n, { images: changes });
  });
  return { Records };
}

function renderMemory({ repeats, payloadBytes, rows }: Result): Rendered {
  const parsing = rows[0]?.mebibytes.median ?? Number.NaN;
  const cells = rows.map(({ contender, mebibytes }) => [
    contender,
    showSpread(mebibytes, 0),
    (mebibytes.median / parsing).toFixed(2),
  ]);
  return {
    text: `The most resident memory of a fresh process that imports the bundle and handles one invocation of ${(payloadBytes / 1_000_000).toFixed(1)} MB:
${LARGE.records} events about ${LARGE.images} images each, with ${LARGE.characters.toLocaleString('en')} characters for each image. ${howOften(repeats)}: the median, and where half of them lie.
What one small event takes is Node's and that of the code. V8 collects garbage late where there is room: the function has 512 MB by
default.

${table(['', 'MiB', 'of parsing alone'], cells)}`,
    charts: {},
  };
}
