import { expect, test } from '@jest/globals';
import { jsonOrUndefined } from '../../lambda/json-or-undefined.ts';
import { startTestSystem, until } from '../helpers/local-run.ts';
import { guid } from '../helpers/records.ts';

test('every verdict and reason is counted, and no guid or account is a dimension', async () => {
  const lines: string[] = [];
  await using system = await startTestSystem({ onLine: (line) => lines.push(line) });
  system.standIn.images.add([guid(1), guid(2)]);
  system.standIn.intercept = ({ method, body }, response, proceed) => {
    if (method === 'PUT' && body.includes('shop-7')) response.writeHead(503).end();
    else proceed();
  };
  await system.queues.send([
    '{',
    JSON.stringify({ guid: guid(1), title: 'a' }),
    JSON.stringify({ guid: guid(2), title: 'b', account_key: 'shop-7' }),
  ]);
  system.start();
  await until(() => system.tally.returns === 1 && lines.some((line) => line.includes('"Records"')));

  const blobs = lines.map((line) => Object(jsonOrUndefined(line))).filter(({ _aws }) => _aws);
  expect(blobs.find(({ Records }) => Records !== undefined)).toMatchObject({
    Records: 3,
    Acknowledged: 1,
    Returned: 1,
    DeadLettered: 1,
    Images: 1,
    Coalesced: 0,
    Superseded: 0,
    Unchanged: 0,
    Calls: 4,
    ListCalls: 2,
    LedgerReads: 2,
    LedgerWrites: 4,
    IsolationCalls: 0,
    BreakerOpenings: 0,
  });
  expect(blobs.filter(({ reason }) => reason !== undefined)).toEqual([
    expect.objectContaining({ reason: 'NotJson', DeadLettered: 1 }),
    expect.objectContaining({ reason: 'ServerError', Returned: 1 }),
  ]);
  expect(JSON.stringify(blobs)).not.toMatch(/00000000-|shop-7/);
});
