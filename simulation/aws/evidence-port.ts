import type { EvidenceStore } from '../../lambda/evidence/evidence-store.ts';
import type { Life } from '../world/life.ts';
import type { World } from '../world/world.ts';
import type { Invocation } from './invocation.ts';
import { tableRequests } from './table-requests.ts';

/** What invocations leave for one another in the ledger's table, as one of them reaches it. */
export function evidencePort(world: World, invocation: Invocation, life: Life): EvidenceStore {
  const { evidence, oracle, trace } = world;
  // Its own chance: requests for evidence must not change what happens to the ledger.
  const request = tableRequests(world, invocation, life, 'evidence');
  return {
    isShared: true,
    loadAccounts: (accounts) =>
      request('reading evidence', () => found(accounts, (account) => evidence.account(account))),
    saveAccount: (account, known) =>
      request('writing evidence', () => {
        evidence.writeAccount(account, known);
        trace.tell(invocation.name, `notes of ${account}: ${JSON.stringify(known)}`);
        return undefined;
      }),
    loadCallSize: () => request('reading the size of calls', () => evidence.callSize()),
    saveCallSize: (size) =>
      request('writing the size of calls', () => {
        evidence.writeCallSize(size);
        trace.tell(invocation.name, `notes the size of calls: ${size.images}`);
        return undefined;
      }),
    loadNotes: (messageIds) =>
      request('reading notes', () => found(messageIds, (id) => evidence.note(id))),
    saveNotes: (notes) => {
      invocation.notings += 1;
      return request('writing notes', () => {
        for (const [id, note] of notes) evidence.writeNote(id, note);
        trace.tell(invocation.name, `notes ${JSON.stringify([...notes])}`);
        return undefined;
      });
    },
    saveFailures: (failures) =>
      request('writing reasons', () => {
        for (const [id, failure] of failures) oracle.reasonKept(invocation, id, failure);
        trace.tell(invocation.name, `reasons of ${[...failures.keys()].join(', ')}`);
        return undefined;
      }),
  };
}

function found<Key, Value>(
  keys: readonly Key[],
  find: (key: Key) => Value | undefined,
): ReadonlyMap<Key, Value> {
  return new Map(
    keys.flatMap((key) => {
      const value = find(key);
      return value === undefined ? [] : [[key, value] as const];
    }),
  );
}
