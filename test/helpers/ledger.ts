import { randomUUID } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ImageTroubles } from '../../lambda/evidence/image-troubles.ts';
import { historyOf } from '../../lambda/ledger/history.ts';
import type { LedgerItem } from '../../lambda/ledger/item.ts';
import type { Ledger } from '../../lambda/ledger/ledger.ts';
import { openLedger } from '../../lambda/ledger/open-ledger.ts';
import type { LedgerStore } from '../../lambda/ledger/store.ts';
import { connectLedger } from '../../lambda/ledger/table.ts';
import { startLedgerTable } from '../../local/aws/ledger-table.ts';
import { virtualTime } from './virtual-time.ts';

/** The real ledger on an emulated table, behind a socket. */
export interface TestLedger extends AsyncDisposable {
  readonly store: LedgerStore;
  readonly client: DynamoDBClient;
  readonly tableName: string;
  readonly url: string;
  /** What the table holds of an image. */
  readonly read: (guid: string) => Promise<LedgerItem | undefined>;
}

export async function startTestLedger(): Promise<TestLedger> {
  const { url, tableName, client, close } = await startLedgerTable();
  return {
    store: connectLedger({ tableName, client, clock: virtualTime() }),
    client,
    tableName,
    url,
    read: (guid) => historyOf(client, tableName, guid),
    [Symbol.asyncDispose]: close,
  };
}

/** The ledger of one invocation; of another one each time. */
export function openInvocation(
  ledger: LedgerStore | undefined,
  { clock = virtualTime(), unchangedDays = 90, troubles = new ImageTroubles() } = {},
): Ledger {
  const limits = { unchangedDays, callTimeoutSeconds: 25 };
  const requestId = randomUUID();
  return openLedger(
    { ledger, clock, random: () => 1, limits, memory: { troubles } },
    { requestId, remainingMilliseconds: 60_000 },
  );
}

/** An error of DynamoDB, as its client throws it. */
export function errorNamed(name: string): Error {
  return Object.assign(new Error(`the table says ${name}`), { name });
}

/**
 * A store that fails as told, and else is the given one.
 *
 * @param failureOf of a request, and the how manieth of its kind it is
 */
export function failing(
  store: LedgerStore,
  failureOf: (request: 'load' | 'put', nth: number) => Error | undefined,
): LedgerStore {
  const made = { load: 0, put: 0 };
  const check = (request: 'load' | 'put') => {
    made[request] += 1;
    const failure = failureOf(request, made[request]);
    if (failure !== undefined) throw failure;
  };
  return {
    load: async (guids) => {
      check('load');
      return store.load(guids);
    },
    put: async (item, expected) => {
      check('put');
      return store.put(item, expected);
    },
  };
}
