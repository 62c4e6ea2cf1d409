import type { Call } from '../finerworks/call.ts';
import type { Group, Groups } from '../lanes/pack-by-lane.ts';

/**
 * Which images have updates that no call has carried yet. Mostly an image has one, and two where
 * its fields come from two accounts: then it is in two calls.
 */
export class Outstanding {
  readonly #updatesOf = new Map<string, number>();

  /** Passes groups on and counts them; each holds every update of its images. */
  async *count(groups: Groups): AsyncGenerator<Group> {
    for await (const group of groups) {
      for (const { guid } of group.updates) this.#add(guid, 1);
      yield group;
    }
  }

  /** A call was made. @returns its images that are in no further call */
  completedBy({ updates }: Call): string[] {
    const guids = updates.map(({ guid }) => guid);
    for (const guid of guids) this.#add(guid, -1);
    return guids.filter((guid) => this.#updatesOf.get(guid) === 0);
  }

  #add(guid: string, count: number): void {
    this.#updatesOf.set(guid, (this.#updatesOf.get(guid) ?? 0) + count);
  }
}
