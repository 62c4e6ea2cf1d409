import type { LedgerStore } from '../../lambda/ledger/store.ts';
import type { Life } from '../world/life.ts';
import type { World } from '../world/world.ts';
import type { Invocation } from './invocation.ts';
import { tableRequests } from './table-requests.ts';

/** The ledger's table, as one invocation reaches it. */
export function ledgerPort(world: World, invocation: Invocation, life: Life): LedgerStore {
  const { trace, ledger, oracle } = world;
  const request = tableRequests(world, invocation, life, 'ledger');
  return {
    load: (guids) =>
      request('reading the ledger', () => {
        const items = guids.map((guid) => [guid, ledger.read(guid)] as const);
        return new Map(items.flatMap(([guid, item]) => (item ? [[guid, item]] : [])));
      }),
    put: (item, expected) =>
      request('writing the ledger', () => {
        const holds = ledger.write(item, expected);
        oracle.touches(invocation, item.guid);
        trace.tell(
          invocation.name,
          `ledger ${holds ? 'takes' : 'refuses'} ${JSON.stringify(item)}`,
        );
        return holds;
      }),
  };
}
