import { describe, expect, test } from '@jest/globals';
import { runFunction } from '../helpers/event-source-run.ts';

describe('the event source', () => {
  test.each([
    ['takes too long', 'export const handler = () => new Promise(() => {});', 'over 1 s'],
    ['dies', 'export const handler = () => process.exit(3);', 'process ended'],
    ['can’t be loaded', 'throw new Error("broken");', 'could not be loaded'],
    ['answers with a wrong key', 'export const handler = () => ({ failures: [] });', 'wrong key'],
    [
      'names an unknown record',
      'export const handler = () => ({ batchItemFailures: [{ itemIdentifier: "x" }] });',
      'unknown',
    ],
  ])('brings the whole batch back when the function %s', async (_name, source, why) => {
    await using run = await runFunction(source, ['a', 'b']);
    await run.until(() => run.returned.length > 0);
    expect(run.returned[0]).toContain(why);
    expect(run.deleted).toEqual([]);
    expect(await run.queues.depth()).toBe(2);
  });

  test('deletes the whole batch when the function answers nothing at all', async () => {
    await using run = await runFunction('export const handler = () => {};', ['a', 'b'], {
      visibilityTimeoutSeconds: 30,
    });
    await run.until(async () => (await run.queues.depth()) === 0);
    expect(run.deleted).toHaveLength(2);
  });

  test('moves what fails too often to the dead-letter queue, without a reason', async () => {
    const source = 'export const handler = () => process.exit(1);';
    await using run = await runFunction(source, ['a'], { maxReceiveCount: 1 });
    await run.until(async () => (await run.queues.deadLetters()).length === 1);
    expect((await run.queues.deadLetters())[0]).toMatchObject({ body: 'a', messageAttributes: {} });
  });

  test('carries no more than 6 MB to an invocation', async () => {
    const source = `export const handler = (event) => { console.log(JSON.stringify(event).length); };`;
    const bodies = Array.from({ length: 9 }, () => 'b'.repeat(1_000_000));
    await using run = await runFunction(source, bodies, {
      batchSize: 100,
      batchingWindowSeconds: 1,
    });
    await run.until(async () => (await run.queues.depth()) === 0);
    expect(run.lines.map(Number).filter((size) => size > 6_000_000)).toEqual([]);
    expect(run.lines.map(Number).some((size) => size > 5_000_000)).toBe(true);
  });

  test('keeps a sandbox warm, and starts a new one after a timeout', async () => {
    const source = `let calls = 0; export const handler = (event) => {
      calls += 1; console.log(calls);
      if (event.Records[0].body === 'stall') return new Promise(() => {});
    };`;
    await using run = await runFunction(source, ['a'], { batchSize: 1 });
    await run.until(() => run.lines.length === 1);
    await run.queues.send(['stall']);
    await run.until(() => run.returned.length >= 1);
    expect(run.lines).toContain('1');
  });
});
