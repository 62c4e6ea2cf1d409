import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type RuntimeApi, startRuntimeApi } from '../../local/lambda/runtime-api.ts';

let api: RuntimeApi;
beforeEach(async () => {
  api = await startRuntimeApi();
});
afterEach(() => api.close());

/** Asks as a runtime does. */
const ask = (path: string, body?: string) =>
  fetch(`http://${api.address}/2018-06-01/runtime${path}`, {
    ...(body !== undefined && { method: 'POST', body }),
  });

const INVOCATION = { requestId: 'id', event: { Records: [] }, deadline: 1_800_000_000_000 };
const ERROR = JSON.stringify({ errorType: 'KeysError', errorMessage: 'no keys', trace: [] });

describe('an invocation', () => {
  test('waits for the runtime, and the runtime for it', async () => {
    const early = api.invoke(INVOCATION);
    const next = await ask('/invocation/next');
    expect(Object.fromEntries(next.headers)).toMatchObject({
      'lambda-runtime-aws-request-id': 'id',
      'lambda-runtime-deadline-ms': '1800000000000',
    });
    expect(await next.json()).toEqual({ Records: [] });
    expect((await ask('/invocation/id/response', '{"batchItemFailures":[]}')).status).toBe(202);
    expect(await early).toEqual({ requestId: 'id', answer: '{"batchItemFailures":[]}' });

    const waiting = ask('/invocation/next');
    await api.ready();
    const late = api.invoke({ ...INVOCATION, requestId: 'other' });
    expect((await waiting).headers.get('lambda-runtime-aws-request-id')).toBe('other');
    await ask('/invocation/other/error', ERROR);
    expect(await late).toEqual({ requestId: 'other', error: 'KeysError: no keys' });
  });

  test('is answered by its own id alone', async () => {
    const invoked = api.invoke(INVOCATION);
    await ask('/invocation/next');
    expect((await ask('/invocation/former/response', '{}')).status).toBe(400);
    await ask('/invocation/id/response', 'null');
    expect(await invoked).toEqual({ requestId: 'id', answer: 'null' });
  });
});

test('a function that can not be loaded is told', async () => {
  const ready = api.ready();
  await Promise.all([
    expect(ready).rejects.toThrow('KeysError: no keys'),
    ask('/init/error', ERROR),
  ]);
});
