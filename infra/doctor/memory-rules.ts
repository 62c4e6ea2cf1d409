import type { Settings } from '../setting-fields.ts';
import { MAX_PAYLOAD, MEBIBYTE } from './payload.ts';
import type { Rule } from './rule.ts';

/**
 * The most memory that the function takes, in MiB, by test/infra/memory.deep.test.ts and measurements beside
 * it: Node, the code and an invocation of one event; what a message of 1 MiB of `{},{},…` adds; and each
 * further MiB of these, since V8 collects late. Valid events of that size take less.
 */
const IDLE = 96;
const FIRST_MEBIBYTE = 85;
const FURTHER_MEBIBYTE = 30;
/** A call's body as a text and as bytes, of the call under way and of the next one. */
const COPIES_OF_CALL = 4;
/** (AWS: SQS quotas, message size) */
const MAX_MESSAGE = 1;

/** The trap of memory: a process with too little dies, and its whole batch comes back. */
export const MEMORY_RULES: readonly Rule[] = [
  {
    name: 'memory',
    setting: 'memoryMegabytes',
    level: 'refuse',
    check: (settings) => {
      const least = megabytesFor(MAX_MESSAGE, settings);
      return settings.memoryMegabytes < least
        ? `must be at least ${least}: so much one message of 1 MiB may take`
        : undefined;
    },
  },
  {
    name: 'memory-of-batch',
    setting: 'memoryMegabytes',
    level: 'warn',
    check: (settings) => {
      const most = Math.min(MAX_PAYLOAD, settings.batchSize * MAX_MESSAGE);
      const needed = megabytesFor(most, settings);
      return settings.memoryMegabytes < needed
        ? `suffices for events of usual size; a batch of ${most} MiB of the worst takes up to ${needed}, and with less the process may die of it, and its records come back`
        : undefined;
    },
  },
];

/** @param payload of an invocation, in MiB */
function megabytesFor(payload: number, { maxBytesPerCall }: Settings): number {
  const calls = (COPIES_OF_CALL * maxBytesPerCall) / MEBIBYTE;
  return Math.ceil(IDLE + FIRST_MEBIBYTE + FURTHER_MEBIBYTE * (payload - 1) + calls);
}
