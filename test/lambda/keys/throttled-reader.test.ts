import { describe, expect, test } from '@jest/globals';
import { throttledReader } from '../../../lambda/keys/throttled-reader.ts';
import { awsError, testSecrets } from '../../helpers/secrets.ts';
import { virtualTime } from '../../helpers/virtual-time.ts';

const started = (contents: Readonly<Record<string, unknown>>) => {
  const time = virtualTime();
  const secrets = testSecrets(contents);
  return { time, secrets, read: throttledReader(secrets.read, time.now) };
};

describe('reading secrets for many', () => {
  test('asks once for what several want at the same time, and again later', async () => {
    const { secrets, read } = started({ a: 1, b: 2 });
    expect(await Promise.all([read('a'), read('a'), read('b')])).toEqual([1, 1, 2]);
    expect(secrets.asked).toEqual(['a', 'b']);
    await read('a');
    expect(secrets.asked).toEqual(['a', 'b', 'a']);
  });

  test('does not repeat for half a minute what failed for one secret, and reads the others', async () => {
    const { time, secrets, read } = started({ a: awsError('AccessDeniedException'), b: 2 });
    await expect(read('a')).rejects.toThrow();
    secrets.contents.set('a', 1);
    time.advance(29_999);
    await expect(read('a')).rejects.toThrow();
    expect(await read('b')).toBe(2);
    time.advance(1);
    expect(await read('a')).toBe(1);
    expect(secrets.asked).toEqual(['a', 'b', 'a']);
  });

  test('asks for no secret for half a minute where the service did not answer', async () => {
    const { time, secrets, read } = started({ a: awsError('TimeoutError'), b: 2 });
    await expect(read('a')).rejects.toThrow();
    await expect(read('b')).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(secrets.asked).toEqual(['a']);
    time.advance(30_000);
    expect(await read('b')).toBe(2);
  });
});
