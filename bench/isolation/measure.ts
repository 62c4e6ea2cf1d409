import { type LocalSystem, startLocalSystem } from '../../local/system.ts';
import { SeededRandom } from '../../simulation/world/random.ts';
import type { Effort } from '../benchmark.ts';
import { SINGLY, WITHOUT_LEDGER } from '../calls/contenders.ts';
import { guidOf, recordOf } from '../records.ts';
import { spreadOf } from '../statistics.ts';
import { fewestAnswers } from './fewest-answers.ts';
import { namingCulprits } from './naming-culprits.ts';
import type { IsolationResult } from './result.ts';

const IMAGES = 50;
const MAX_CULPRITS = 10;
const PLACEMENTS = { full: 40, quick: 3 } as const satisfies Record<Effort, number>;

/** Who settles the batch, and whether a refusal says what it is about. */
const CONTENDERS = [
  { name: 'this product', contender: WITHOUT_LEDGER, namesCulprits: false },
  { name: 'this product, the answer names them', contender: WITHOUT_LEDGER, namesCulprits: true },
  { name: 'one by one', contender: SINGLY, namesCulprits: false },
] as const;

/** Counts the calls that settle a batch of 50 images, of which some are refused. */
export async function measureIsolation(effort: Effort): Promise<IsolationResult> {
  const placements = PLACEMENTS[effort];
  const counts = Array.from({ length: MAX_CULPRITS + 1 }, () => new Map<string, number[]>());
  for (const { name, contender, namesCulprits } of CONTENDERS) {
    await using system = await startLocalSystem({
      ...contender.options,
      timeoutSeconds: 120,
      batchSize: IMAGES,
      batchingWindowSeconds: 1,
      maxConcurrency: 2,
    });
    if (namesCulprits) system.standIn.intercept = namingCulprits(system.standIn);
    for (const [culprits, ofContenders] of counts.entries()) {
      const calls: number[] = [];
      for (let nth = 0; nth < placements; nth += 1) calls.push(await settle(system, culprits, nth));
      ofContenders.set(name, calls);
      process.stderr.write(`  ${name}: ${culprits} culprits: ${Math.max(...calls)} at most\n`);
    }
  }
  const rows = counts.map((ofContenders, culprits) => ({
    culprits,
    fewestAnswers: fewestAnswers(IMAGES, culprits),
    calls: Object.fromEntries(
      [...ofContenders].map(([name, calls]) => [
        name,
        { ...spreadOf(calls), most: Math.max(...calls) },
      ]),
    ),
  }));
  return { images: IMAGES, placements, rows };
}

/** One batch of new images; the same ones are culprits for each contender. */
async function settle(system: LocalSystem, culprits: number, nth: number): Promise<number> {
  const { standIn, sandboxes } = system;
  const first = (culprits * 1_000 + nth) * IMAGES;
  const guids = Array.from({ length: IMAGES }, (_, n) => guidOf(first + n));
  const random = new SeededRandom(`culprits ${first}`);
  standIn.images.add(random.shuffled(guids).slice(culprits));
  const Records = guids.map((guid, at) =>
    recordOf(first + at, { guid, title: `Title of ${guid}` }),
  );
  const before = standIn.requests.length;
  await sandboxes[0]?.invoke({ Records });
  return standIn.requests.length - before;
}
