import { expect, test } from '@jest/globals';
import { requestInBatches } from '../../../lambda/queue/batch-requests.ts';

const entries = (count: number) => Array.from({ length: count }, (_, n) => ({ Id: `${n}` }));

test('entries that the queue does not name as done are told apart from requests that failed', async () => {
  let requests = 0;
  const failures = await requestInBatches(entries(15), async (batch) => {
    requests += 1;
    if (batch[0]?.Id === '10') throw new TypeError('down');
    return new Set(batch.slice(1).map(({ Id }) => Id));
  });
  expect(requests).toBe(2);
  expect([...failures]).toEqual([
    ['0', 'not confirmed'],
    ...['10', '11', '12', '13', '14'].map((id) => [id, 'TypeError']),
  ]);
});

test('once a whole request has failed no more are sent, and the rest counts as failed', async () => {
  let requests = 0;
  const failures = await requestInBatches(entries(250), async (batch) => {
    requests += 1;
    if (requests === 3) throw new RangeError('down');
    return new Set(batch.map(({ Id }) => Id));
  });
  expect(requests).toBe(10);
  expect(failures.size).toBe(10 + 150);
  expect(failures.get('249')).toBe('RangeError');
});

test('nothing to send is no request', async () => {
  const never = async () => {
    throw new Error('asked');
  };
  expect(await requestInBatches([], never)).toEqual(new Map());
});
