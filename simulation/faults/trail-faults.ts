import type { Fault } from './fault.ts';

/** Faults in what is kept of what became of events. */
export const TRAIL_FAULTS: readonly Fault[] = [
  {
    name: 'dead letters are left out of the trail',
    file: 'trail/trail-entries.ts',
    search: 'isHeartbeat(outcome) ? [] : [entryOf(outcome)]',
    replace: 'outcome.deadLetter ? [] : [entryOf(outcome)]',
  },
  {
    name: 'the trail calls what went back applied',
    file: 'trail/trail-entries.ts',
    search: "retry: 'returned',",
    replace: "retry: 'applied',",
  },
];
