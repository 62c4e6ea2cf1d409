import * as z from 'zod';
import { jsonOrUndefined } from '../lambda/general/json-or-undefined.ts';
import type { Interception, StandIn } from '../local/finerworks/stand-in.ts';
import { type LocalSystem, startLocalSystem } from '../local/system.ts';
import { table } from '../scripts/docs/table.ts';
import { SeededRandom } from '../simulation/world/random.ts';
import { defineBenchmark, type Effort, type Rendered } from './benchmark.ts';
import { BARE } from './calls/contenders.ts';
import { lineChart } from './charts.ts';
import { guidOf, recordOf } from './records.ts';
import { Spread, spreadOf } from './spread.ts';

const IMAGES = 50;
const BAD_IMAGES = [0, 1, 2, 3, 5, 10] as const;
const PLACEMENTS = { full: 12, quick: 2 } as const satisfies Record<Effort, number>;
const [SILENT, NAMING] = ['the answer names nobody', 'the answer names them'] as const;

const Row = z.object({
  badImages: z.int(),
  /** Calls of update_images, by what answers say: over all placements of the bad images. */
  calls: z.record(z.string(), Spread.extend({ most: z.number() })),
});
const Result = z.object({ placements: z.int(), rows: z.array(Row) });
type Result = z.output<typeof Result>;

/** How many calls a refused batch costs. */
export const isolation = defineBenchmark({
  name: 'isolation',
  title: 'Isolation of refused images',
  schema: Result,
  measure: measureIsolation,
  render: renderIsolation,
});

/** Counts the calls that settle a batch of 50 images, of which some are refused. */
async function measureIsolation(effort: Effort): Promise<Result> {
  const placements = PLACEMENTS[effort];
  const rows: Result['rows'] = BAD_IMAGES.map((badImages) => ({ badImages, calls: {} }));
  for (const answers of [SILENT, NAMING]) {
    await using system = await startLocalSystem({
      ...BARE.options,
      timeoutSeconds: 120,
      batchSize: IMAGES,
      batchingWindowSeconds: 1,
      maxConcurrency: 2,
    });
    if (answers === NAMING) system.standIn.intercept = namingBadImages(system.standIn);
    for (const { badImages, calls } of rows) {
      const counts: number[] = [];
      for (let nth = 0; nth < placements; nth += 1) {
        counts.push(await settle(system, badImages, nth));
      }
      calls[answers] = { ...spreadOf(counts), most: Math.max(...counts) };
      process.stderr.write(`  ${answers}: ${badImages} bad images\n`);
    }
  }
  return { placements, rows };
}

/** One batch of new images of an account of their own, of which nothing is known from batches before. */
async function settle(system: LocalSystem, badImages: number, nth: number): Promise<number> {
  const { standIn, sandboxes } = system;
  const first = (badImages * 1_000 + nth) * IMAGES;
  const guids = Array.from({ length: IMAGES }, (_, n) => guidOf(first + n));
  const random = new SeededRandom(`culprits ${first}`);
  standIn.images.add(random.shuffled(guids).slice(badImages));
  const Records = guids.map((guid, at) =>
    recordOf(first + at, { guid, title: `Title of ${guid}`, account_key: `account ${first}` }),
  );
  const before = standIn.requests.length;
  await sandboxes[0]?.invoke({ Records });
  return standIn.requests.length - before;
}

const Body = z.object({ images: z.array(z.object({ guid: z.string() })) });

/** A FinerWorks that says which images it refuses; whether the real one does is not known. */
function namingBadImages({ images }: Pick<StandIn, 'images'>): Interception {
  return (request, response, proceed) => {
    const { data } = Body.safeParse(jsonOrUndefined(request.body));
    const unknown = (data?.images ?? []).filter(({ guid }) => images.get(guid) === undefined);
    if (unknown.length === 0) return proceed();
    const message = `Images not found: ${unknown.map(({ guid }) => guid).join(', ')}`;
    response.writeHead(400, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ status: { success: false, status_code: 400, message } }));
  };
}

/** Sends 51 calls as soon as one is refused. */
function oneByOne(badImages: number): number {
  return badImages === 0 ? 1 : 1 + IMAGES;
}

function renderIsolation({ placements, rows }: Result): Rendered {
  const header = ['bad images', ...[SILENT, NAMING].map((name) => `${name}: median, most`)];
  const cells = rows.map(({ badImages, calls }) => [
    `${badImages}`,
    ...[SILENT, NAMING].map((name) => `${calls[name]?.median}, ${calls[name]?.most}`),
    `${oneByOne(badImages)}`,
  ]);
  const values = rows.flatMap(({ badImages, calls }) => [
    ...Object.entries(calls).map(([name, { median }]) => ({ badImages, name, calls: median })),
    { badImages, name: 'one by one', calls: oneByOne(badImages) },
  ]);
  return {
    text: `Calls that settle a batch of ${IMAGES} events on as many images, of which some are refused, over ${placements} placements of
the bad images: through the function and a real socket, the first call included. *One by one* is computed: a call for
each image after the first one. Each good image must go through in a call without any bad image, and each bad image be refused
alone before it is blamed; so with ten bad images a search takes no fewer calls than one by one, which blames at once.

![Calls by the number of bad images](figures/bench-isolation.svg)

${table([...header, 'one by one'], cells)}`,
    charts: {
      'bench-isolation': lineChart({
        values,
        x: { field: 'badImages', title: `bad images among ${IMAGES} images` },
        y: { field: 'calls', title: 'calls, median' },
        series: 'name',
      }),
    },
  };
}
