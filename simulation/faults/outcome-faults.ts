import type { Fault } from './fault.ts';

/** Faults in what is told of what became of events. */
export const OUTCOME_FAULTS: readonly Fault[] = [
  {
    name: 'outcomes are told of messages that are in the queue again',
    file: 'outcomes/outcomes-to-tell.ts',
    search: 'const passed = returnedIds(outcomes);',
    replace:
      "const passed = new Set<string>();\n  outcomes = outcomes.map((one) => (one.verdict.kind === 'retry' ? { ...one, verdict: { kind: 'applied' } } : one));",
  },
  {
    name: 'an outcome is told of each copy of a message',
    file: 'outcomes/outcomes-to-tell.ts',
    search: 'passed.add(record.messageId);',
    replace: '',
  },
  {
    name: 'the outcome of retries that are given up is told as any other dead letter',
    file: 'outcomes/outcomes-to-tell.ts',
    search: "if (reason === 'RetriesExhausted') return 'retries-exhausted';",
    replace: '',
  },
  {
    name: 'the outcome of what FinerWorks had already is that it was applied',
    file: 'outcomes/outcomes-to-tell.ts',
    search: 'return kinds.find((kind) => kind === verdict);',
    replace:
      "return kinds.find((kind) => kind === (verdict === 'unchanged' ? 'applied' : verdict));",
  },
  {
    name: 'outcomes that are not taken are forgotten',
    file: 'outcomes/send-outcomes.ts',
    search: 'return sendBatches([...refused.keys()], send);',
    replace: 'return new Map();',
  },
];
