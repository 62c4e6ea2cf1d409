import { describe, expect, test } from '@jest/globals';
import { simulate } from '../helpers/simulation-process.ts';

describe('npm run simulate', () => {
  test('prints its figures as one JSON line and exits with 0 where all is well', () => {
    const { status, stdout } = simulate('--runs', '5', '--seed', '1', '--json');
    expect(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({
      runs: 5,
      events: expect.any(Number),
      calls: expect.any(Number),
      lost: 0,
      wronglyDeadLettered: 0,
      wronglyAcknowledged: 0,
      retriesExhausted: expect.any(Number),
      staleOverwrites: expect.any(Number),
      seconds: expect.any(Number),
    });
    expect(status).toBe(0);
  });
});
