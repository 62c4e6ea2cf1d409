import { type AttributeValue, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Answer } from '../../../lambda/finerworks/answer.ts';
import { forget, historyOf, LedgerError } from '../../../lambda/ledger/history.ts';
import { run } from '../../../lambda/pipeline.ts';
import { success, timeout } from '../../helpers/answers.ts';
import { dependencies, INVOCATION, recordingApi } from '../../helpers/flow.ts';
import { startTestLedger, type TestLedger } from '../../helpers/ledger.ts';
import { guid, sqsEvent, sqsRecord } from '../../helpers/records.ts';
import { virtualTime } from '../../helpers/virtual-time.ts';

let ledger: TestLedger;
beforeAll(async () => {
  ledger = await startTestLedger();
});
afterAll(async () => ledger[Symbol.asyncDispose]());

/** Before the clock of the tests. */
const BEFORE = Date.parse('2026-11-20T10:00:00Z');
const orderOf = (id: string) => ({
  time: '2026-11-20T10:00:00.000000000Z',
  sentAt: BEFORE,
  id,
});

/** What a later version might add, of each type that DynamoDB has, and a number that JavaScript has not. */
const ADDED = {
  text: { S: 'text' },
  number: { N: '0.1' },
  large: { N: '9007199254740993.5' },
  nothing: { NULL: true },
  set: { SS: ['a', 'b'] },
  binary: { B: new Uint8Array([1, 2]) },
  list: { L: [{ M: { deep: { BOOL: true } } }] },
} satisfies Record<string, AttributeValue>;

/** A field of an item, with something added on each level. */
const fieldOf = (name: string): AttributeValue => ({
  M: {
    ...ADDED,
    settled: {
      M: {
        ...marshall({ order: orderOf(name), hash: 'hash', at: BEFORE, messageId: 'message' }),
        ...ADDED,
      },
    },
    unsettled: {
      L: [{ M: { ...marshall({ order: orderOf(`${name} again`), at: BEFORE }), ...ADDED } }],
    },
    isKnown: { BOOL: false },
  },
});

/** An item of a made-up later version, which this one can read. */
const itemOf = (image: string): Record<string, AttributeValue> => ({
  ...marshall({ guid: image, token: 'later', expiresAt: 1_900_000_000 }),
  ...ADDED,
  title: fieldOf('title'),
  description: fieldOf('description'),
  rejection: {
    M: {
      ...marshall({ reason: 'LaterReason', detail: 'no', at: BEFORE, messageId: 'message' }),
      ...ADDED,
    },
  },
  trouble: {
    M: {
      ...ADDED,
      failing: {
        M: {
          ...marshall({ reason: 'LaterReason', detail: 'slow', failures: 1, at: BEFORE }),
          ...ADDED,
        },
      },
    },
  },
});

const write = (Item: Record<string, AttributeValue>) =>
  ledger.client.send(new PutItemCommand({ TableName: ledger.tableName, Item }));

async function stored(image: string): Promise<Record<string, AttributeValue>> {
  const request = { TableName: ledger.tableName, Key: marshall({ guid: image }) };
  const { Item } = await ledger.client.send(new GetItemCommand(request));
  return Item ?? {};
}

/** What becomes of new titles of images. */
async function deliver(images: readonly string[], answer: Answer = success()): Promise<string[]> {
  const bodies = images.map((image) => ({
    guid: image,
    title: 'new',
    time: '2026-11-23T09:59:00Z',
  }));
  const { outcomes } = await run(
    sqsEvent(...bodies.map((body) => sqsRecord({ body, messageId: `message ${body.guid}` }))),
    dependencies({ ...recordingApi(() => answer), clock: virtualTime(), ledger: ledger.store }),
    INVOCATION,
  );
  return outcomes.map(({ verdict }) => ('reason' in verdict ? verdict.reason : verdict.kind));
}

describe('an item with additions of a later version', () => {
  test('is read, and a confirmed update keeps all that is not about the former value', async () => {
    const before = itemOf(guid(1));
    await write(before);
    expect(await deliver([guid(1)])).toEqual(['applied']);
    const { title, ...after } = await stored(guid(1));
    const { trouble: _, title: __, ...kept } = before;
    expect(after).toEqual({ ...kept, token: after.token, expiresAt: after.expiresAt });
    expect(title?.M).toMatchObject({ ...ADDED, isKnown: { BOOL: true } });
    expect(title?.M?.settled?.M).not.toHaveProperty('text');
  });

  test('keeps all of them where the update is not known to be taken', async () => {
    const before = itemOf(guid(2));
    await write(before);
    expect(await deliver([guid(2)], timeout)).toEqual(['Timeout']);
    const after = await stored(guid(2));
    expect(after.trouble?.M).toMatchObject(ADDED);
    expect(after.title?.M?.settled).toEqual(before.title?.M?.settled);
    expect(after.title?.M?.unsettled?.L).toContainEqual(before.title?.M?.unsettled?.L?.[0]);
    expect(after.description).toEqual(before.description);
    expect(after).toMatchObject(ADDED);
  });

  test('is shown to people, with a reason that this version does not know', async () => {
    await write(itemOf(guid(3)));
    const item = await historyOf(ledger.client, ledger.tableName, guid(3));
    expect(item?.rejection?.reason).toBe('LaterReason');
  });
});

describe('an item of a version that this one can not read', () => {
  const unreadable = (image: string) => ({
    ...marshall({ guid: image, token: 'later', expiresAt: 1_900_000_000 }),
    version: { N: '2' },
  });

  test('is left as it is; its change waits, and no neighbour does', async () => {
    const before = unreadable(guid(4));
    await write(before);
    expect(await deliver([guid(4), guid(5)])).toEqual(['LedgerUnavailable', 'applied']);
    expect(await stored(guid(4))).toEqual(before);
  });

  test('says so to people, and can be forgotten', async () => {
    await write(unreadable(guid(6)));
    const { client, tableName } = ledger;
    await expect(historyOf(client, tableName, guid(6))).rejects.toThrow(
      new LedgerError(
        `the ledger knows ${guid(6)}, but its item has version 2, of a newer function: deploy that again, or forget the image`,
      ),
    );
    await forget(client, tableName, guid(6), BEFORE);
    expect(await historyOf(client, tableName, guid(6))).toBeUndefined();
  });
});
