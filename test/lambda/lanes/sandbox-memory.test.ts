import { expect, test } from '@jest/globals';
import { SandboxMemory } from '../../../lambda/lanes/sandbox-memory.ts';

const memoryOf = () => new SandboxMemory({ callsPerSecond: 4, maxConcurrency: 2 }, 1_000);

test('a sandbox has its share of the deployment’s pace', () => {
  expect(memoryOf().rateLimiter.waitFor(1_000)).toBe(500);
});

test('each account has a health of its own, which stays', () => {
  const memory = memoryOf();
  memory.healthOf('a').confirmed(5_000);
  expect(memory.healthOf('a').lastSuccessAt).toBe(5_000);
  expect(memory.healthOf(null).lastSuccessAt).toBe(0);
});

test('of more than 10,000 accounts the one is forgotten that was not seen for longest', () => {
  const memory = memoryOf();
  for (let n = 0; n < 10_000; n += 1) memory.healthOf(`${n}`).confirmed(5_000);
  memory.healthOf('0');
  memory.healthOf('one more');
  expect(memory.healthOf('0').lastSuccessAt).toBe(5_000);
  expect(memory.healthOf('2').lastSuccessAt).toBe(5_000);
  expect(memory.healthOf('1').lastSuccessAt).toBe(0);
});
