import type { Fault } from './fault.ts';

/** Faults in when records come back, and in when that ends. */
export const RETRY_FAULTS: readonly Fault[] = [
  {
    name: 'retries are given up one receive early',
    file: 'settlement/exhaustion.ts',
    search: 'if (receives >= maxReceiveCount) return',
    replace: 'if (receives >= maxReceiveCount - 1) return',
  },
  {
    name: 'retries are never given up for their number',
    file: 'settlement/exhaustion.ts',
    search: 'if (receives >= maxReceiveCount) return',
    replace: 'if (receives > maxReceiveCount) return',
  },
  {
    name: 'retries are never given up for their age',
    from: 345,
    file: 'settlement/exhaustion.ts',
    search: 'if (triedFor >= retryHours * HOUR) return',
    replace: 'if (triedFor < 0) return',
  },
  {
    name: 'it is not heeded when the queue will drop a message',
    from: 4_869,
    file: 'settlement/exhaustion.ts',
    search: 'if (left >= needed) return undefined;',
    replace: 'if (left >= needed || left < needed) return undefined;',
  },
  {
    name: 'the delay does not grow with the failures',
    file: 'settlement/visibility.ts',
    search: 'base * 2 ** Math.min(Math.max(0, failures - 1), 10)',
    replace: 'base * 2 ** Math.min(Math.max(0, failures - failures), 10)',
  },
  {
    name: 'what was not tried counts as a failure',
    from: 39,
    file: 'records/message-notes.ts',
    search: 'return before + Number(!isUntried(verdict));',
    replace: 'return before + Number(verdict !== undefined);',
  },
  {
    name: 'what was not tried does not come back within seconds',
    from: 16,
    file: 'settlement/visibility.ts',
    search: 'const full = isUntried(verdict) ? UNTRIED : doubled;',
    replace: 'const full = doubled;',
  },
];
