import { fileURLToPath } from 'node:url';
import type { LocalSystemOptions } from '../../local/system.ts';

/** One way to bring the events of a queue to FinerWorks. */
export interface Contender {
  readonly name: string;
  readonly options: Pick<
    LocalSystemOptions,
    'entryPoint' | 'functionSettings' | 'maxReceiveCount' | 'visibilityTimeoutSeconds'
  >;
  /** Where images are refused, which takes its invocations longer. */
  readonly optionsWhereRefused?: Pick<LocalSystemOptions, 'visibilityTimeoutSeconds'>;
}

const peer = (file: string) => fileURLToPath(new URL(`../peers/${file}.ts`, import.meta.url));

/** As the stack sets them: six times the function's timeout, and receives for 24 hours. */
const OWN_QUEUE = { visibilityTimeoutSeconds: 725, maxReceiveCount: 200 };
/**
 * Five receives, as AWS recommends for Lambda. A failed record of a peer stays hidden for as long
 * as its longest invocation takes here, and not for the twelve minutes that AWS recommends: in a
 * real queue the peers' retries are far slower than shown.
 */
const PEERS_QUEUE = { visibilityTimeoutSeconds: 10, maxReceiveCount: 5 };

export const PRODUCT: Contender = { name: 'this product', options: OWN_QUEUE };

/** Looks at nothing and remembers nothing, as the peers do. */
export const BARE: Contender = {
  name: 'this product, bare',
  options: {
    ...OWN_QUEUE,
    functionSettings: { virtualInventory: 'remove', verify: 'off', ledgerTable: undefined },
  },
};

const POWERTOOLS: Contender = {
  name: 'Powertools, one call a record',
  options: { ...PEERS_QUEUE, entryPoint: peer('powertools') },
};

/** What RudderStack does with destinations that answer for a whole batch. */
export const SINGLY: Contender = {
  name: 'calls of 50, then one by one',
  // Ten calls one after another, some of them slow.
  options: {
    ...PEERS_QUEUE,
    entryPoint: peer('fifty-then-singly'),
    visibilityTimeoutSeconds: 30,
  },
  // One by one, a batch of 500 with a few bad images takes most of a minute.
  optionsWhereRefused: { visibilityTimeoutSeconds: 60 },
};

/** All of them, in the order of the tables. */
export const CONTENDERS: readonly Contender[] = [PRODUCT, BARE, POWERTOOLS, SINGLY];

/** Whether a contender, by its name, is this product. */
export function isOurs(name: string): boolean {
  return name.startsWith(PRODUCT.name);
}
