// @ts-nocheck
import { fileURLToPath } from 'node:url';
import type { LocalSystem, LocalSystemOptions } from '../../local/system.ts';
import { startPipe } from '../peers/event-bridge-pipes.ts';

/** One way to bring the events of a queue to FinerWorks. */
export interface Contender {
  readonly name: string;
  readonly options: Pick<
    LocalSystemOptions,
    'entryPoint' | 'functionSettings' | 'maxReceiveCount' | 'visibilityTimeoutSeconds'
  >;
  /** Takes events without a function; else the event source does. */
  readonly consume?: (system: LocalSystem) => AsyncDisposable;
}

const peer = (file: string) => fileURLToPath(new URL(`../peers/${file}.ts`, import.meta.url));

/** As the stack sets them: six times the function's time-out, and receives for 24 hours. */
const OWN_QUEUE = { visibilityTimeoutSeconds: 725, maxReceiveCount: 200 };
/**
 * Five receives, as AWS recommends for Lambda. A failed record of a peer stays hidden for as long
 * as its longest invocation takes here, and not for the twelve minutes that AWS recommends: in a
 * real queue the peers' retries are far slower than shown.
 */
const PEERS_QUEUE = { visibilityTimeoutSeconds: 10, maxReceiveCount: 5 };

export const REMOVE: Contender = {
  name: 'this product, `remove`',
  options: { ...OWN_QUEUE, functionSettings: { virtualInventory: 'remove' } },
};
export const PROTECT: Contender = {
  name: 'this product, `protect`',
  options: { ...OWN_QUEUE, functionSettings: { virtualInventory: 'protect' } },
};
/** Remembers nothing, as the peers do not: so that the emulated table can be told from the rest. */
export const WITHOUT_LEDGER: Contender = {
  name: 'this product, `remove`, no ledger',
  options: {
    ...OWN_QUEUE,
    functionSettings: { virtualInventory: 'remove', ledgerTable: undefined },
  },
};
/** The peers that make one call a record. */
export const POWERTOOLS = 'Powertools, one call a record';
export const MIDDY = 'middy, one call a record';

/** What RudderStack does with destinations that answer for a whole batch. */
export const SINGLY: Contender = {
  name: 'calls of 50, then one by one',
  options: {
    ...PEERS_QUEUE,
    entryPoint: peer('fifty-then-singly'),
    // One by one, a batch of 500 with a few culprits takes most of a minute.
    visibilityTimeoutSeconds: 60,
  },
};
export const PIPES: Contender = {
  name: 'EventBridge Pipes (model)',
  options: PEERS_QUEUE,
  consume: startPipe,
};
const PEERS: readonly Contender[] = [
  {
    name: POWERTOOLS,
    options: { ...PEERS_QUEUE, entryPoint: peer('powertools') },
  },
  {
    name: MIDDY,
    options: { ...PEERS_QUEUE, entryPoint: peer('middy') },
  },
  SINGLY,
  PIPES,
];

/** Whether a contender, by its name, is what people would use instead. */
export function isPeer(name: string): boolean {
  return PEERS.some((peer) => peer.name === name);
}

export const CONTENDERS: readonly Contender[] = [REMOVE, PROTECT, WITHOUT_LEDGER, ...PEERS];
