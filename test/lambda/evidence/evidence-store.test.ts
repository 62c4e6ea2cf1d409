import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { EvidenceStore, MessageNote } from '../../../lambda/evidence/evidence-store.ts';
import { connectEvidence } from '../../../lambda/evidence/evidence-table.ts';
import { rememberEvidence } from '../../../lambda/evidence/memory-evidence.ts';
import { startTestLedger, type TestLedger } from '../../helpers/ledger.ts';
import { guid } from '../../helpers/records.ts';
import { virtualTime } from '../../helpers/virtual-time.ts';

const NOTE: MessageNote = {
  reason: 'Timeout',
  detail: 'no answer',
  failures: 2,
  begun: 1,
  receives: 3,
};

const refused = (n: number) => ({ guid: guid(n), at: 1_700_000_000_000 + n });

let ledger: TestLedger;
beforeAll(async () => {
  ledger = await startTestLedger();
});
afterAll(async () => ledger[Symbol.asyncDispose]());

describe.each<[string, () => EvidenceStore]>([
  ['in the table', () => connectEvidence({ ...ledger, clock: virtualTime() })],
  ['in memory', rememberEvidence],
])('evidence %s', (_place, connect) => {
  test('of accounts is given back by account, and of others there is nothing', async () => {
    const store = connect();
    const [own, other] = [
      { lastSuccessAt: 0, refusedSince: [refused(1), refused(2)] },
      { lastSuccessAt: 1_700_000_000_000, refusedSince: [] },
    ];
    await store.saveAccount(null, own);
    await store.saveAccount('own', other);
    const known = await store.loadAccounts([null, 'own', 'own', 'nobody']);
    expect(known).toEqual(
      new Map([
        [null, own],
        ['own', other],
      ]),
    );
  });

  test('of an account is replaced as a whole', async () => {
    const store = connect();
    await store.saveAccount('a', { lastSuccessAt: 1, refusedSince: [refused(1)] });
    await store.saveAccount('a', { lastSuccessAt: 2, refusedSince: [] });
    const known = await store.loadAccounts(['a']);
    expect(known.get('a')).toEqual({ lastSuccessAt: 2, refusedSince: [] });
  });

  test('of the size of calls is given back as it was saved last', async () => {
    const store = connect();
    expect(await store.loadCallSize()).toBeUndefined();
    await store.saveCallSize({ images: 25, at: 1 });
    await store.saveCallSize({ images: 12, at: 2 });
    expect(await store.loadCallSize()).toEqual({ images: 12, at: 2 });
  });

  test('of messages is given back by message id, of 230 at once as of none', async () => {
    const store = connect();
    const notes = new Map(
      Array.from({ length: 230 }, (_, n) => [`message-${n}`, { ...NOTE, failures: n }]),
    );
    await store.saveNotes(notes);
    expect(await store.loadNotes([...notes.keys(), 'another'])).toEqual(notes);
    await store.saveNotes(new Map());
    expect(await store.loadNotes([])).toEqual(new Map());
  });

  test('cuts details, and no character in two', async () => {
    const store = connect();
    await store.saveNotes(new Map([['m', { ...NOTE, detail: `${'.'.repeat(299)}😀` }]]));
    const detail = (await store.loadNotes(['m'])).get('m')?.detail;
    expect(detail).toBe(`${'.'.repeat(299)}\uFFFD`);
  });
});

test('in memory nothing is known of what was saved longest ago, once there is too much', async () => {
  const store = rememberEvidence();
  const ids = Array.from({ length: 10_001 }, (_, n) => `m${n}`);
  await store.saveNotes(new Map(ids.map((id) => [id, NOTE])));
  expect([...(await store.loadNotes(ids)).keys()]).toEqual(ids.slice(1));
  for (let n = 0; n <= 1_000; n += 1) {
    await store.saveAccount(`a${n}`, { lastSuccessAt: n, refusedSince: [] });
  }
  expect([...(await store.loadAccounts(['a0', 'a1'])).keys()]).toEqual(['a1']);
});
