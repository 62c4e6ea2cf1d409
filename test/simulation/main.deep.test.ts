import { describe, expect, test } from '@jest/globals';
import { withFaultyCopy } from '../../simulation/faults/faulty-copy.ts';
import { QUEUE_FAULTS } from '../../simulation/faults/queue-faults.ts';
import { simulate } from '../helpers/simulation-process.ts';

describe('npm run simulate', () => {
  test('names the seed, the rule and how to replay it, and exits with 1', async () => {
    const [fault] = QUEUE_FAULTS;
    if (fault === undefined) throw new Error('There is no fault to show');
    await withFaultyCopy(fault, async (lambda) => {
      const { status, stderr } = simulate('--runs', '50', '--lambda', lambda, '--stop');
      expect(stderr).toMatch(/Seed \d+ violates:\n {2}WronglyAcknowledged/);
      const replay = /--seed (\d+) --runs 1 --trace/.exec(stderr)?.[1] ?? '';
      const again = simulate('--seed', replay, '--runs', '1', '--trace', '--lambda', lambda);
      expect(again.stdout).toContain('dead-letters');
      expect(again.stderr).toBe(stderr);
      expect(status).toBe(1);
    });
  });

  test('lets FinerWorks have readings by their names, and refuses those that there are not', () => {
    const { stdout } = simulate('--runs', '3', '--reading', 'first-only,late-list', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ runs: 3, withReadings: 3, violations: 0 });
    const { status, stderr } = simulate('--reading', 'last-only');
    expect(stderr).toContain('There is no reading last-only.');
    expect(status).toBe(1);
  });

  test('runs a world by its name and prints what came of each stream', () => {
    const world = ['--world', 'misleading-refusals', '--variant', '6-of-50'];
    const { stdout } = simulate(...world, '--seed', '2', '--json');
    expect(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({
      worlds: [
        {
          world: 'misleading-refusals',
          variant: '6-of-50',
          seed: 2,
          measures: { streams: { good: { sent: 44 }, bad: { sent: 6 } } },
          baseline: { streams: { good: { sent: 44, applied: 44 } } },
        },
      ],
    });
  });

  test('names the worlds that there are where one is asked for that there is not', () => {
    const { status, stderr } = simulate('--world', 'flood');
    expect(stderr).toMatch(/no world "flood".*systemic-refusal/);
    expect(status).toBe(1);
  });

  test('explains itself', () => {
    expect(simulate('--help').stdout).toContain('Examples:');
    expect(simulate('--help').stdout).toContain('killer-record');
    expect(simulate('--runs', 'many').stderr).toContain('It must be a whole number');
  });
});
