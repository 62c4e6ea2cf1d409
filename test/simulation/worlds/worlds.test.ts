import { describe, expect, test } from '@jest/globals';
import { randomScenario } from '../../../simulation/random-scenario.ts';
import { drawReadings, readAs } from '../../../simulation/readings.ts';
import { scenarioOf } from '../../../simulation/worlds/draw.ts';
import { WORLDS } from '../../../simulation/worlds/worlds.ts';
import { expectSound } from '../../helpers/small-worlds.ts';

describe.each(WORLDS)('$name', ({ variants, small }) => {
  test('gives each variant a name, and each stream a field of images of its own', () => {
    const names = new Set(variants.map(({ name }) => name));
    expect(names.size).toBe(variants.length);
    for (const { scenario } of variants) {
      const streams = scenario.streams ?? [];
      const own = streams.map(({ prefix, field = 'title' }) => `${prefix} ${field}`);
      expect(new Set(own).size).toBe(streams.length);
      for (const { prefix } of streams) expect(prefix).toMatch(/^[0-9a-f]{8}$/);
    }
  });

  test('bounds only what its streams can tell of', () => {
    for (const { scenario, bounds } of variants) {
      const names = (scenario.streams ?? []).map(({ name }) => name);
      const { applied = [], deadLettered = {}, timesUndisturbed = {} } = bounds;
      const { p95Seconds = {}, withinMinutes = {} } = bounds;
      const told = [deadLettered, timesUndisturbed, p95Seconds, withinMinutes].flatMap(Object.keys);
      for (const name of [...applied, ...told]) expect(names).toContain(name);
    }
  });

  // `npm run test:deep` takes more seeds.
  test('runs at a small size, and loses nothing', async () => {
    await expectSound(small, 1);
  });
});

test('about one world in ten is of a kind, and the others are what they were', () => {
  const seeds = Array.from({ length: 1_000 }, (_, at) => at + 1);
  const kinds = seeds.filter((seed) => scenarioOf(seed).streams !== undefined);
  expect(kinds.length).toBeGreaterThan(60);
  expect(kinds.length).toBeLessThan(140);
  const usual = seeds.find((seed) => !kinds.includes(seed)) ?? 0;
  expect(scenarioOf(usual)).toEqual(readAs(randomScenario(usual), drawReadings(usual), usual));
});
