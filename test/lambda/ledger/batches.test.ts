import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, test } from '@jest/globals';
import { readItems, writeItems } from '../../../lambda/ledger/batches.ts';
import { LedgerThrottled } from '../../../lambda/ledger/retry-throttled.ts';
import { bodyOf, serve } from '../../helpers/http-server.ts';
import { virtualTime } from '../../helpers/virtual-time.ts';

/** A DynamoDB that does the first `done` items of each batch, and leaves the others unprocessed. */
async function lazyTable(done: number) {
  const asked: number[] = [];
  const server = await serve(async (request, response) => {
    const { RequestItems } = JSON.parse(await bodyOf(request));
    const isRead = 'Keys' in RequestItems.ledger;
    const batch: { guid: object }[] = isRead ? RequestItems.ledger.Keys : RequestItems.ledger;
    asked.push(batch.length);
    const left = batch.slice(done);
    const rest = { ledger: isRead ? { ...RequestItems.ledger, Keys: left } : left };
    const unprocessed = left.length > 0 ? rest : {};
    response.setHeader('content-type', 'application/x-amz-json-1.0');
    response.end(
      JSON.stringify(
        isRead
          ? { Responses: { ledger: batch.slice(0, done) }, UnprocessedKeys: unprocessed }
          : { UnprocessedItems: unprocessed },
      ),
    );
  });
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  const client = new DynamoDBClient({ endpoint: server.url, region: 'us-east-1', credentials });
  const clock = virtualTime();
  return {
    asked,
    clock,
    table: { tableName: 'ledger', client, clock },
    [Symbol.asyncDispose]: async () => {
      client.destroy();
      await server[Symbol.asyncDispose]();
    },
  };
}

const KEYS = ['a', 'b', 'c', 'd', 'e', 'f'];
const ITEMS = KEYS.map((guid) => marshall({ guid }));

/** Each pause is by chance, from half of the longest on. */
function expectPauses(slept: readonly number[], longest: readonly number[]): void {
  expect(slept).toHaveLength(longest.length);
  for (const [at, most] of longest.entries()) {
    expect(slept[at]).toBeGreaterThanOrEqual(most / 2);
    expect(slept[at]).toBeLessThanOrEqual(most);
  }
}

describe('what DynamoDB leaves unprocessed', () => {
  test('is read again, after growing pauses, and nothing else is', async () => {
    await using lazy = await lazyTable(2);
    const items = await readItems(lazy.table, KEYS, true);
    expect([...items]).toEqual(KEYS.map((guid) => [guid, marshall({ guid })]));
    expect(lazy.asked).toEqual([6, 4, 2]);
    expectPauses(lazy.clock.slept, [50, 100]);
  });

  test('is written again, after growing pauses, and nothing else is', async () => {
    await using lazy = await lazyTable(2);
    await writeItems(lazy.table, ITEMS);
    expect(lazy.asked).toEqual([6, 4, 2]);
    expectPauses(lazy.clock.slept, [50, 100]);
  });

  test('five times over is an error that says how much is left', async () => {
    await using lazy = await lazyTable(1);
    const reading = readItems(lazy.table, KEYS, true);
    await expect(reading).rejects.toThrow(new LedgerThrottled('1 items not read'));
    expect(lazy.asked).toEqual([6, 5, 4, 3, 2]);
    const writing = writeItems(lazy.table, ITEMS);
    await expect(writing).rejects.toThrow(new LedgerThrottled('1 items not written'));
    expectPauses(lazy.clock.slept, [50, 100, 200, 400, 50, 100, 200, 400]);
  });
});

test('an answer that says nothing of the table has nothing of it, and left nothing undone', async () => {
  await using server = await serve((_request, response) => {
    response.setHeader('content-type', 'application/x-amz-json-1.0');
    response.end('{}');
  });
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  const client = new DynamoDBClient({ endpoint: server.url, region: 'us-east-1', credentials });
  const table = { tableName: 'ledger', client, clock: virtualTime() };
  expect(await readItems(table, KEYS, true)).toEqual(new Map());
  await expect(writeItems(table, ITEMS)).resolves.toBeUndefined();
  client.destroy();
});
