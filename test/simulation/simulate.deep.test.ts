import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import * as z from 'zod';

const MAIN = fileURLToPath(new URL('../../simulation/main.ts', import.meta.url));
const RUNS = 2_000;
const Figures = z.looseObject({ runs: z.number(), violations: z.number() }).and(
  z.object({
    acknowledged: z.number(),
    deadLettered: z.number(),
    retriesExhausted: z.number(),
    deaths: z.number(),
  }),
);

test(`the simulation finds nothing wrong in ${RUNS} worlds`, async () => {
  const argv = [MAIN, '--runs', String(RUNS), '--seed', '1', '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, argv, { maxBuffer: 2 ** 26 });
  const figures = Figures.parse(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? ''));
  expect(figures).toMatchObject({ runs: RUNS, violations: 0 });
  // A world in which nothing happens would find nothing wrong either.
  const { acknowledged, deadLettered, retriesExhausted, deaths } = figures;
  for (const count of [acknowledged, deadLettered, retriesExhausted, deaths]) {
    expect(count).toBeGreaterThan(500);
  }
}, 1_800_000);
