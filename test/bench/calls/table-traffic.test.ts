import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type TableTraffic, tableTraffic } from '../../../bench/calls/table-traffic.ts';
import { type LocalLedger, startLedgerTable } from '../../../local/aws/ledger-table.ts';
import { createTrailTable } from '../../../local/aws/trail-table.ts';

let ledger: LocalLedger;
let trailTable: string;
beforeAll(async () => {
  ledger = await startLedgerTable();
  trailTable = await createTrailTable(ledger.client);
});
afterAll(() => ledger.close());

const put = (guid: string, text = '') =>
  new PutItemCommand({
    TableName: ledger.tableName,
    Item: marshall({ guid, text }),
    ConditionExpression: 'attribute_not_exists(guid)',
  });

async function counted(
  act: () => Promise<unknown>,
): Promise<Pick<TableTraffic, 'requests' | 'writeUnits'>> {
  using traffic = tableTraffic(ledger);
  await act();
  return { requests: traffic.requests, writeUnits: traffic.writeUnits };
}

describe('requests to the ledger’s table are counted at its socket', () => {
  test('a write is one, and one more for each begun kilobyte of its item', async () => {
    const { client } = ledger;
    expect(await counted(() => client.send(put('small')))).toEqual({ requests: 1, writeUnits: 1 });
    expect(await counted(() => client.send(put('large', 'x'.repeat(2_000))))).toEqual({
      requests: 1,
      writeUnits: 2,
    });
  });

  test('a write whose condition fails is billed too', async () => {
    const { client } = ledger;
    await client.send(put('there'));
    const again = () => client.send(put('there')).catch(() => {});
    expect(await counted(again)).toEqual({ requests: 1, writeUnits: 1 });
  });

  test('several items in one request are one request', async () => {
    const items = ['one', 'two'].map((guid) => ({ PutRequest: { Item: marshall({ guid }) } }));
    const command = new BatchWriteItemCommand({ RequestItems: { [ledger.tableName]: items } });
    expect(await counted(() => ledger.client.send(command))).toEqual({
      requests: 1,
      writeUnits: 2,
    });
  });

  test('a read writes nothing', async () => {
    const Keys = [marshall({ guid: 'one' })];
    const command = new BatchGetItemCommand({ RequestItems: { [ledger.tableName]: { Keys } } });
    expect(await counted(() => ledger.client.send(command))).toEqual({
      requests: 1,
      writeUnits: 0,
    });
  });

  test('another table’s are not counted', async () => {
    const Item = marshall({ hour: 'now', place: 'here' });
    const command = new PutItemCommand({ TableName: trailTable, Item });
    expect(await counted(() => ledger.client.send(command))).toEqual({
      requests: 0,
      writeUnits: 0,
    });
  });
});
