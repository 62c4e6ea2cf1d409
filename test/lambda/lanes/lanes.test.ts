import { describe, expect, test } from '@jest/globals';
import type { AccountEvidence, EvidenceStore } from '../../../lambda/evidence/evidence-store.ts';
import { rememberEvidence } from '../../../lambda/evidence/memory-evidence.ts';
import { Lanes, lanesOf, SHARED } from '../../../lambda/lanes/lanes.ts';
import { change, newMemory } from '../../helpers/delivery.ts';
import { guid } from '../../helpers/records.ts';
import { virtualTime } from '../../helpers/virtual-time.ts';

const NOW = 1_000_000;
const EVIDENCE: AccountEvidence = {
  lastSuccessAt: NOW,
  refusedSince: [{ guid: guid(1), at: NOW + 1 }],
};

/** Lanes of a new sandbox, and the accounts that it asked the store for and told it of. */
function lanesWith(store: EvidenceStore = rememberEvidence()) {
  const loaded: (string | null)[] = [];
  const saved: (string | null)[] = [];
  const watched: EvidenceStore = {
    ...store,
    loadAccounts: async (accounts) => {
      loaded.push(...accounts);
      return store.loadAccounts(accounts);
    },
    saveAccount: async (account, evidence) => {
      saved.push(account);
      return store.saveAccount(account, evidence);
    },
  };
  return { lanes: new Lanes(newMemory(virtualTime()), watched), loaded, saved };
}

describe('images are put', () => {
  const ofAccount = (n: number, ...accounts: readonly (string | null)[]) =>
    accounts.map((account) => change(n, { account }));

  test('into the lane of their account, in the order in which the accounts occur', () => {
    const images = [ofAccount(1, 'b'), ofAccount(2, null), ofAccount(3, 'b', 'b')];
    expect(lanesOf(images)).toEqual([
      { key: 'b', images: [images[0], images[2]] },
      { key: null, images: [images[1]] },
    ]);
  });

  test('into the last lane, together, where their changes name several accounts', () => {
    const images = [ofAccount(1, 'a', 'b'), ofAccount(2, 'a'), ofAccount(3, 'a', null)];
    expect(lanesOf(images)).toEqual([
      { key: 'a', images: [images[1]] },
      { key: SHARED, images: [images[0], images[2]] },
    ]);
  });

  test('into no lane where there are none', () => {
    expect(lanesOf([])).toEqual([]);
  });
});

test('an account has one lane in an invocation, and one health in a sandbox', () => {
  const memory = newMemory(virtualTime());
  const lanes = new Lanes(memory, rememberEvidence());
  const lane = lanes.of('a');
  lane.stopped = { kind: 'retry', reason: 'BadKeys', detail: 'no' };
  expect(lanes.of('a')).toBe(lane);
  expect(lanes.of(null).stopped).toBeUndefined();
  const next = new Lanes(memory, rememberEvidence()).of('a');
  expect(next.stopped).toBeUndefined();
  expect(next.health).toBe(lane.health);
});

describe('what other sandboxes saw', () => {
  test('is asked for once an invocation', async () => {
    const store = rememberEvidence();
    await store.saveAccount('a', EVIDENCE);
    const { lanes, loaded } = lanesWith(store);
    const lane = lanes.of('a');
    await lanes.refresh(lane);
    await lanes.refresh(lane);
    expect([lane.health.lastSuccessAt, lane.health.refusedImages(NOW)]).toEqual([NOW, 1]);
    await lanes.refresh(lanes.of(null));
    expect(lanes.of(null).health.lastSuccessAt).toBe(0);
    expect(loaded).toEqual(['a', null]);
  });

  test('is not known where it can’t be read', async () => {
    const loadAccounts = async () => {
      throw new Error('the table is down');
    };
    const { lanes } = lanesWith({ ...rememberEvidence(), loadAccounts });
    await lanes.refresh(lanes.of(null));
    expect(lanes.of(null).health.lastSuccessAt).toBe(0);
  });
});

describe('what this sandbox saw', () => {
  test('is told of each account of which something is new', async () => {
    const store = rememberEvidence();
    const { lanes, saved } = lanesWith(store);
    lanes.of('a').health.confirmed(NOW);
    lanes.of('b').health.refused(guid(1), NOW);
    lanes.of('c');
    await lanes.share(NOW);
    await lanes.share(NOW);
    expect(saved).toEqual(['a', 'b']);
    expect(await store.loadAccounts(['a', 'b', 'c'])).toEqual(
      new Map([
        ['a', { lastSuccessAt: NOW, refusedSince: [] }],
        ['b', { lastSuccessAt: 0, refusedSince: [{ guid: guid(1), at: NOW }] }],
      ]),
    );
  });

  test('is told beside what others told meanwhile: few refusals of each are many of all', async () => {
    const store = rememberEvidence();
    const sandboxes = [1, 2].map((n) => {
      const { lanes } = lanesWith(store);
      lanes.of('a').health.refused(guid(n), NOW + n);
      return lanes;
    });
    for (const lanes of sandboxes) await lanes.share(NOW + 2);
    const told = await store.loadAccounts(['a']);
    expect(told.get('a')?.refusedSince).toEqual([
      { guid: guid(1), at: NOW + 1 },
      { guid: guid(2), at: NOW + 2 },
    ]);
  });

  test('is told later where what others told can’t be read', async () => {
    const store = rememberEvidence();
    let isDown = true;
    const loadAccounts: EvidenceStore['loadAccounts'] = async (accounts) => {
      if (isDown) throw new Error('the table is down');
      return store.loadAccounts(accounts);
    };
    const { lanes, saved } = lanesWith({ ...store, loadAccounts });
    lanes.of('a').health.refused(guid(1), NOW);
    await lanes.share(NOW);
    expect(saved).toEqual([]);
    isDown = false;
    await lanes.share(NOW + 1);
    expect(saved).toEqual(['a']);
  });

  test('of one account that can’t be written keeps nothing of the others', async () => {
    const store = rememberEvidence();
    const saveAccount = async (account: string | null, evidence: AccountEvidence) => {
      if (account === 'a') throw new Error('throttled');
      return store.saveAccount(account, evidence);
    };
    const { lanes } = lanesWith({ ...store, saveAccount });
    for (const account of ['a', 'b']) lanes.of(account).health.confirmed(NOW);
    await lanes.share(NOW);
    expect([...(await store.loadAccounts(['a', 'b'])).keys()]).toEqual(['b']);
  });
});
