// @ts-nocheck
import { describe, expect, test } from '@jest/globals';
import type { LocalSystem } from '../../local/system.ts';
import { startTestSystem } from '../helpers/local-run.ts';
import { guid, sqsEvent, sqsRecord } from '../helpers/records.ts';

/** Invokes the bundle in a process of its own; the first time starts it. */
async function invoke({ sandboxes }: LocalSystem, n: number): Promise<unknown> {
  const record = sqsRecord({ body: { guid: guid(n), title: `title ${n}` } });
  const answer = await sandboxes[0]?.invoke(sqsEvent(record));
  return JSON.parse(answer ?? '');
}

describe('what a start does ahead', () => {
  test('is not done again: one reading of the secret serves start and invocations', async () => {
    await using system = await startTestSystem();
    system.standIn.images.acceptAll = true;
    expect(await invoke(system, 1)).toEqual({ batchItemFailures: [] });
    expect(await invoke(system, 2)).toEqual({ batchItemFailures: [] });
    expect(system.standIn.images.get(guid(2))?.title).toBe('title 2');
    expect(system.secrets.reads()).toBe(1);
  });

  test('and fails, fails the invocation and not the process, which goes on when it can', async () => {
    const lines: string[] = [];
    await using system = await startTestSystem({ onLine: (line) => lines.push(line) });
    system.standIn.images.acceptAll = true;
    system.secrets.setDown(true);
    await expect(invoke(system, 1)).rejects.toThrow('KeysError: The secret');
    await expect(invoke(system, 1)).rejects.toThrow('KeysError: The secret');
    system.secrets.setDown(false);
    expect(await invoke(system, 1)).toEqual({ batchItemFailures: [] });
    expect(system.standIn.images.get(guid(1))?.title).toBe('title 1');
    expect(lines.filter((line) => line.includes('every record comes back'))).toHaveLength(2);
  });

  test('with a wrong environment fails every invocation, which says what is wrong', async () => {
    await using system = await startTestSystem({ functionSettings: { maxImagesPerCall: 0 } });
    for (const n of [1, 2]) {
      await expect(invoke(system, n)).rejects.toThrow(
        /ConfigError: .* MAX_IMAGES_PER_CALL: Too small: expected number to be >=1/,
      );
    }
    expect(system.standIn.requests).toEqual([]);
  });
});
