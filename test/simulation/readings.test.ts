import { expect, test } from '@jest/globals';
import { contradictionIn } from '../../local/finerworks/readings.ts';
import { randomScenario } from '../../simulation/random-scenario.ts';
import { drawReadings, readAs } from '../../simulation/readings.ts';

const SEEDS = Array.from({ length: 1_000 }, (_, seed) => seed);

test('a good part of the worlds stays plain, and the others have readings that can hold at once', () => {
  const drawn = SEEDS.map(drawReadings);
  const plain = drawn.filter(({ length }) => length === 0);
  expect(plain.length).toBeGreaterThan(400);
  expect(plain.length).toBeLessThan(600);
  expect(drawn.map(contradictionIn)).toEqual(drawn.map(() => undefined));
});

test('a world without readings is what it would be if there were none', () => {
  const scenario = randomScenario(1);
  expect(readAs(scenario, [], 1)).toBe(scenario);
});

test('lists are late where that is one of the readings, for two minutes at most', () => {
  const scenario = randomScenario(1);
  const lagOf = (seed: number) => readAs(scenario, ['late-list'], seed).finerworks.reading?.listLag;
  const lags = SEEDS.map((seed) => lagOf(seed) ?? 0);
  expect(Math.max(...lags)).toBeLessThanOrEqual(120_000);
  expect(Math.max(...lags)).toBeGreaterThan(60_000);
  expect(readAs(scenario, ['first-only'], 1).finerworks.reading?.listLag).toBe(0);
});
