import type { ImageTroubles } from '../evidence/image-troubles.ts';
import type { Clock, Random } from '../general/clock.ts';
import { InvocationLedger } from './invocation-ledger.ts';
import { type Ledger, WITHOUT_LEDGER } from './ledger.ts';
import type { LedgerStore } from './store.ts';

/** Sandboxes' clocks differ by less (AWS keeps them in step; no figure is promised). */
const CLOCK_MARGIN = 10_000;

/** Settings that the ledger depends on. */
export interface LedgerSettings {
  /** How long a confirmed value counts as being at FinerWorks. */
  readonly unchangedDays: number;
  readonly callTimeoutSeconds: number;
}

/**
 * Opens the ledger for one invocation. A lease lasts until no call of the invocation can be under way
 * any more: until its end, and then the longest time that a call may take.
 */
export function openLedger(
  dependencies: {
    readonly ledger: LedgerStore | undefined;
    readonly clock: Clock;
    readonly random: Random;
    readonly memory: { readonly troubles: ImageTroubles };
    readonly limits: LedgerSettings;
  },
  invocation: { readonly requestId: string; readonly remainingMilliseconds: number },
): Ledger {
  const { ledger: store, clock, random, limits, memory } = dependencies;
  if (store === undefined) return WITHOUT_LEDGER;
  const { requestId, remainingMilliseconds } = invocation;
  const leaseUntil =
    clock.now() + remainingMilliseconds + limits.callTimeoutSeconds * 1_000 + CLOCK_MARGIN;
  const { unchangedDays } = limits;
  return new InvocationLedger({
    store,
    clock,
    random,
    requestId,
    leaseUntil,
    unchangedDays,
    troubles: memory.troubles,
  });
}
