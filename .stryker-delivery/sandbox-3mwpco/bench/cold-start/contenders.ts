// @ts-nocheck
import { fileURLToPath } from 'node:url';

/** A function whose start is looked at. */
export interface StartContender {
  readonly name: string;
  /** Its source; this product's where it is left out. */
  readonly entryPoint?: string;
  /** What its environment has differently. */
  readonly environment?: Readonly<Record<string, string>>;
}

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** What others are compared with. */
export const FLOOR: StartContender = {
  name: 'floor: Secrets Manager and middy',
  entryPoint: source('floors/floor.ts'),
};
export const PRODUCT: StartContender = { name: 'this product' };

export const START_CONTENDERS: readonly StartContender[] = [
  FLOOR,
  { name: 'floor, and zod', entryPoint: source('floors/floor-with-zod.ts') },
  { name: 'floor, and zod/mini', entryPoint: source('floors/floor-with-zod-mini.ts') },
  {
    name: 'floor, and the clients of SQS and DynamoDB',
    entryPoint: source('floors/floor-with-clients.ts'),
  },
  PRODUCT,
  // Does no more in an invocation than the peers do.
  {
    name: 'this product, `remove`, no ledger',
    environment: { LEDGER_TABLE: '', VIRTUAL_INVENTORY: 'remove' },
  },
  { name: 'Powertools', entryPoint: source('../peers/powertools.ts') },
  { name: 'middy', entryPoint: source('../peers/middy.ts') },
  { name: 'calls of 50, then one by one', entryPoint: source('../peers/fifty-then-singly.ts') },
];
