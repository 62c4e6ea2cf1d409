import type { EvidenceStore } from '../evidence/evidence-store.ts';
import type { Change } from '../images/change.ts';
import type { Retried } from '../verdicts/verdict.ts';
import type { AccountHealth } from './account-health.ts';
import type { SandboxMemory } from './sandbox-memory.ts';

/** The lane of images whose changes name several accounts. */
export const SHARED: unique symbol = Symbol('several accounts');
export type LaneKey = string | null | typeof SHARED;

/** The changes of a batch in one lane, image by image. */
export interface LaneImages {
  readonly key: LaneKey;
  readonly images: readonly (readonly Change[])[];
}

/** Puts every image into the lane of its account. The images of several accounts come last. */
export function lanesOf(images: readonly (readonly Change[])[]): LaneImages[] {
  const byLane = Map.groupBy(images, laneOf);
  const shared = byLane.get(SHARED) ?? [];
  byLane.delete(SHARED);
  const lanes: LaneImages[] = [...byLane].map(([key, images]) => ({ key, images }));
  return shared.length > 0 ? [...lanes, { key: SHARED, images: shared }] : lanes;
}

function laneOf(changes: readonly Change[]): LaneKey {
  const account = changes[0]?.account ?? null;
  return changes.every((change) => change.account === account) ? account : SHARED;
}

/** One account in one invocation: what stops it or slows it down affects no other. */
export interface Lane {
  readonly account: string | null;
  readonly health: AccountHealth;
  /** Why nothing more of it is sent in this invocation; undefined where more may be. */
  stopped: Retried | undefined;
}

/** The lanes of one invocation. */
export class Lanes {
  readonly #memory: SandboxMemory;
  readonly #evidence: EvidenceStore;
  readonly #lanes = new Map<string | null, Lane>();
  readonly #refreshed = new Set<Lane>();

  constructor(memory: SandboxMemory, evidence: EvidenceStore) {
    this.#memory = memory;
    this.#evidence = evidence;
  }

  of(account: string | null): Lane {
    let lane = this.#lanes.get(account);
    if (lane === undefined) {
      lane = { account, health: this.#memory.healthOf(account), stopped: undefined };
      this.#lanes.set(account, lane);
    }
    return lane;
  }

  /** How many images of an account were refused since anything of it was taken, of the one with the most. */
  mostRefused(now: number): number {
    return Math.max(0, ...[...this.#lanes.values()].map(({ health }) => health.refusedImages(now)));
  }

  /** Learns what other sandboxes saw of the account, once an invocation. Never throws. */
  async refresh(lane: Lane): Promise<void> {
    if (this.#refreshed.has(lane)) return;
    this.#refreshed.add(lane);
    const found = await this.#evidence.loadAccounts([lane.account]).catch(() => undefined);
    const evidence = found?.get(lane.account);
    if (evidence !== undefined) lane.health.learn(evidence);
  }

  /**
   * Shares with other sandboxes what this one saw, added to what they saw: each may see only a few
   * refusals, but all together many. Never throws: what can't be shared now is shared later.
   */
  async share(now: number): Promise<void> {
    const news = [...this.#lanes.values()].filter(({ health }) => health.hasNews);
    if (news.length === 0) return;
    const accounts = news.map(({ account }) => account);
    const found = await this.#evidence.loadAccounts(accounts).catch(() => undefined);
    if (found === undefined) return;
    const writes = news.map(async ({ account, health }) => {
      const known = found.get(account);
      if (known !== undefined) health.learn(known);
      const evidence = health.takeEvidence(now);
      if (evidence !== undefined) await this.#evidence.saveAccount(account, evidence);
    });
    await Promise.allSettled(writes);
  }
}
