// @ts-nocheck
import type { SQSEvent } from 'aws-lambda';

/**
 * Does all that one invocation does without the network.
 *
 * @returns the bodies of the requests that would be sent to FinerWorks
 */
export type RunBatch = (event: SQSEvent) => Promise<readonly string[]>;

/** What is compared. The product comes first, and what it is held against is loaded apart. */
export const CONTENDERS = [
  { name: 'product', label: 'this product' },
  { name: 'floor', label: 'floor: `JSON.parse`, `JSON.stringify`' },
  { name: 'powertools', label: 'Powertools, schema of the record' },
  { name: 'powertools-inner-schema', label: 'Powertools, `innerSchema`' },
  { name: 'middy', label: 'middy' },
] as const;

export type ContenderName = (typeof CONTENDERS)[number]['name'];

export const CONTENDER_NAMES = CONTENDERS.map(({ name }) => name);

/** Loads the code of one contender alone, so that a process holds nothing of the others. */
export async function loadContender(name: ContenderName): Promise<RunBatch> {
  const { runBatch }: { runBatch: RunBatch } = await import(`./contenders/${name}.ts`);
  return runBatch;
}
