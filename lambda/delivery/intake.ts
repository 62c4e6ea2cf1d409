import { chunk } from '../general/chunk.ts';
import type { Clock } from '../general/clock.ts';
import { type Change, loneUpdate } from '../images/change.ts';
import { coalesce } from '../images/coalesce.ts';
import type { FailingImages } from '../isolation/failing-images.ts';
import { type RefusedImages, SYSTEMIC_REFUSAL } from '../isolation/refused-images.ts';
import type { Group } from '../lanes/chunk-by-lane.ts';
import { type Lane, type LaneImages, SHARED } from '../lanes/lanes.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Retried } from '../verdicts/verdict.ts';
import type { VerdictRegistry } from '../verdicts/verdict-registry.ts';
import type { Sender } from './sender.ts';

/** As many as a full call holds, so that the first call need not wait for more. */
const AT_ONCE = { maxItems: 50 };

export interface IntakeDependencies {
  readonly ledger: Ledger;
  readonly sender: Pick<Sender, 'scheduler' | 'lanes'>;
  readonly registry: VerdictRegistry;
  readonly failing: Pick<FailingImages, 'isFailing'>;
  readonly refused: Pick<RefusedImages, 'isSystemic'>;
  readonly clock: Clock;
}

/**
 * Takes in changes of images, some at a time, as calls ask for more: so the lease of an image is held
 * no longer than needed, and the ledger is read while FinerWorks answers.
 */
export class Intake {
  readonly figures = { coalesced: 0 };
  /** Open changes of images that made calls fail before: they go alone, after everything else. */
  readonly setAside: Change[] = [];
  readonly #dependencies: IntakeDependencies;

  constructor(dependencies: IntakeDependencies) {
    this.#dependencies = dependencies;
  }

  /**
   * @param lanes one after another
   * @returns groups of what may be sent, each with all updates of its images; the registry has the
   *   verdict of everything else, except what is set aside
   */
  async *groups(lanes: readonly LaneImages[]): AsyncGenerator<Group> {
    const { ledger, registry, failing } = this.#dependencies;
    for (const { key, images } of lanes) {
      for (const group of chunk(images, AT_ONCE)) {
        const changes = group.flat();
        const blocked = this.#blockedBy(key);
        if (blocked !== undefined) {
          for (const change of changes) registry.record(loneUpdate(change), blocked);
          continue;
        }
        const open = await ledger.filterStale(changes, registry);
        const sound = open.filter(({ guid }) => !failing.isFailing(guid));
        if (sound.length < open.length) {
          this.setAside.push(...open.filter(({ guid }) => failing.isFailing(guid)));
        }
        const updates = coalesce(sound);
        this.figures.coalesced += sound.length - updates.length;
        yield { lane: key, updates: await ledger.acquireLeases(updates, registry) };
      }
      yield { lane: key, updates: [], isEnd: true };
    }
  }

  /** What can't be sent now is not leased either; the rest of the time is for the ledger and dead letters. */
  #blockedBy(key: LaneImages['key']): Retried | undefined {
    const { sender, refused, clock } = this.#dependencies;
    const { outOfTime } = sender.scheduler;
    if (outOfTime !== undefined || key === SHARED) return outOfTime;
    const lane: Lane = sender.lanes.of(key);
    const blocked = sender.scheduler.blockedBy(lane);
    return blocked ?? (refused.isSystemic(lane, clock.now()) ? SYSTEMIC_REFUSAL : undefined);
  }
}
