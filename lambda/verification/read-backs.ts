import { fieldsOf } from '../contract/fields.ts';
import { handledLater } from '../general/handled-later.ts';
import type { Update } from '../images/change.ts';
import { OpenImages } from '../images/open-images.ts';
import type { Watched } from './watch.ts';

/** A call whose images wait for a list: its own, or that of an earlier call. */
interface UnderWay {
  /** It is read back itself. */
  readonly isDue: boolean;
  readonly watched: readonly Watched[];
  /** Whether nothing was seen that raises doubts about other calls. */
  readonly isSound: Promise<boolean>;
}

/** The calls of an invocation that are being read back, beside its other calls. */
export class ReadBacks {
  /** What is not decided yet, also between two lists. */
  readonly open = new OpenImages();
  readonly #underWay = new Set<UnderWay>();

  get areUnderWay(): boolean {
    return this.#underWay.size > 0;
  }

  /** For each call that is read back itself: whether it raises no doubts about other calls. */
  due(): Promise<boolean>[] {
    return [...this.#underWay].flatMap(({ isDue, isSound }) => (isDue ? [isSound] : []));
  }

  /** @param run reads back, and removes each update from `open` */
  start(isDue: boolean, watched: readonly Watched[], run: () => Promise<boolean>): void {
    for (const { update } of watched) this.open.add(update);
    const isSound = handledLater(run().finally(() => this.#underWay.delete(readBack)));
    const readBack: UnderWay = { isDue, watched, isSound };
    this.#underWay.add(readBack);
  }

  /** Resolves when one of them has ended. */
  async nextEnd(): Promise<void> {
    await Promise.race([...this.#underWay].map(({ isSound }) => isSound));
  }

  /** Resolves when nothing of these images and fields is being read back any more. */
  async endOf(updates: readonly Update[]): Promise<void> {
    const concerned = [...this.#underWay].filter(({ watched }) =>
      watched.some((one) => updates.some((update) => overlaps(one.update, update))),
    );
    await Promise.all(concerned.map(({ isSound }) => isSound));
  }
}

function overlaps(a: Update, b: Update): boolean {
  return a.guid === b.guid && fieldsOf(a).some((field) => b[field] !== undefined);
}
