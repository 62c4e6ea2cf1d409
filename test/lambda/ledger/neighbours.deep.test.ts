import { createHash } from 'node:crypto';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { systemClock } from '../../../lambda/general/clock.ts';
import type { LedgerStore } from '../../../lambda/ledger/store.ts';
import { connectLedger } from '../../../lambda/ledger/table.ts';
import { run } from '../../../lambda/pipeline.ts';
import { AWS_CLIENT_SETTINGS } from '../../../lambda/runtime/aws-client-settings.ts';
import { dependencies, INVOCATION } from '../../helpers/flow.ts';
import { bodyOf, serve } from '../../helpers/http-server.ts';
import { errorNamed, failing, startTestLedger, type TestLedger } from '../../helpers/ledger.ts';
import { guid, sqsEvent, sqsRecord } from '../../helpers/records.ts';

/** More than the ledger takes in at once. */
const IMAGES = 120;
const THROTTLED = 'ProvisionedThroughputExceededException';

let ledger: TestLedger;
beforeAll(async () => {
  ledger = await startTestLedger();
});
afterAll(async () => ledger[Symbol.asyncDispose]());

let scenes = 0;

/** Delivers one event for each image. @returns verdicts and guids by what became of them */
async function deliver(store: LedgerStore, guids = newGuids(IMAGES)) {
  const { outcomes } = await run(
    sqsEvent(...guids.map((id) => sqsRecord({ body: { guid: id, title: 't' } }))),
    dependencies({ ledger: store }),
    { ...INVOCATION, requestId: `request-${scenes}` },
  );
  return Map.groupBy(
    outcomes.map(({ verdict }, at) => [verdict, guids[at]] as const),
    ([verdict]) => ('reason' in verdict ? verdict.reason : verdict.kind),
  );
}

function newGuids(length: number): string[] {
  scenes += 1;
  return Array.from({ length }, (_, n) => guid(scenes * 1_000 + n));
}

/** A DynamoDB that throttles some writes, in front of the given table. */
async function throttling(isThrottled: (guid: string, nth: number) => boolean) {
  const writes = new Map<string, number>();
  const server = await serve(async (request, response) => {
    const body = await bodyOf(request);
    const target = String(request.headers['x-amz-target']);
    if (target.endsWith('.PutItem')) {
      const id: string = JSON.parse(body).Item.guid.S;
      const nth = (writes.get(id) ?? 0) + 1;
      writes.set(id, nth);
      if (isThrottled(id, nth)) {
        response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' });
        response.end(JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${THROTTLED}` }));
        return;
      }
    }
    const { endpoint } = ledger.client.config;
    const { hostname, port } = (await endpoint?.()) ?? {};
    const answer = await fetch(`http://${hostname}:${port}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': target,
        authorization: String(request.headers.authorization),
        'x-amz-date': String(request.headers['x-amz-date']),
      },
      body,
    });
    response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(await answer.text());
  });
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  const settings = { ...AWS_CLIENT_SETTINGS, region: 'us-east-1', credentials };
  const client = new DynamoDBClient({ ...settings, endpoint: server.url });
  return {
    store: connectLedger({ ...ledger, client, clock: systemClock }),
    [Symbol.asyncDispose]: async () => {
      client.destroy();
      await server[Symbol.asyncDispose]();
    },
  };
}

/** Whether a write is one of ten: spread over images and attempts, and the same in each run. */
function isOneOfTen(id: string, nth: number): boolean {
  return createHash('sha256').update(`${id} ${nth}`).digest().readUInt32BE() % 10 === 0;
}

describe('10 % throttled writes', () => {
  test('hold no image up, over a socket', async () => {
    await using table = await throttling(isOneOfTen);
    expect((await deliver(table.store)).get('applied')).toHaveLength(IMAGES);
  });

  test('hold no image up, where the client has spent its own attempts', async () => {
    const store = failing(ledger.store, (request, nth) =>
      request === 'put' && nth % 10 === 0 ? errorNamed(THROTTLED) : undefined,
    );
    expect((await deliver(store)).get('applied')).toHaveLength(IMAGES);
  });

  test('hold up no others where they are always those of the same images', async () => {
    const guids = newGuids(IMAGES);
    const throttled = new Set(guids.filter((_, at) => at % 10 === 0));
    const store: LedgerStore = {
      ...ledger.store,
      put: async (item, expected) => {
        if (throttled.has(item.guid)) throw errorNamed(THROTTLED);
        return ledger.store.put(item, expected);
      },
    };
    const outcome = await deliver(store, guids);
    expect(outcome.get('applied')).toHaveLength(IMAGES - throttled.size);
    expect(new Set(outcome.get('LedgerUnavailable')?.map(([, id]) => id))).toEqual(throttled);
  });
});

test('one write of ten that fails in another way costs its own image alone', async () => {
  const store = failing(ledger.store, (request, nth) =>
    request === 'put' && nth % 10 === 0 ? errorNamed('InternalServerError') : undefined,
  );
  const outcome = await deliver(store);
  // Two writes an image: one of ten of the first, and one of ten of what is left at the second.
  expect(outcome.get('applied')?.length).toBeGreaterThan(IMAGES * 0.8);
  expect(outcome.get('LedgerUnavailable')?.length).toBeGreaterThan(0);
});

test('one odd item costs its own image alone', async () => {
  const guids = newGuids(IMAGES);
  const odd = guids[7] ?? '';
  const Item = { ...marshall({ guid: odd, token: 'a' }), expiresAt: { N: '9007199254740993.5' } };
  await ledger.client.send(new PutItemCommand({ TableName: ledger.tableName, Item }));
  const outcome = await deliver(ledger.store, guids);
  expect(outcome.get('applied')).toHaveLength(IMAGES - 1);
  expect(outcome.get('LedgerUnavailable')?.map(([, id]) => id)).toEqual([odd]);
});
