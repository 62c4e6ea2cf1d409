import type { Sender } from './finerworks/sender.ts';
import { type Change, loneUpdate, type Update } from './images/change.ts';
import { coalesce } from './images/coalesce.ts';
import type { Ledger } from './ledger/ledger.ts';
import { byCount, pack } from './pack.ts';
import type { VerdictBook } from './verdicts/verdict-book.ts';

/** As many as a full call holds, so that the first one need not wait for more than that. */
const AT_ONCE = byCount(50);

/**
 * Takes in what is wanted of images, some at a time, as calls ask for more: so that the lease of an
 * image is held no longer than it is needed, and the ledger is asked while FinerWorks answers.
 */
export class Intake {
  readonly figures = { coalesced: 0 };
  readonly #ledger: Ledger;
  readonly #sender: Pick<Sender, 'outOfTime'>;
  readonly #book: VerdictBook;

  constructor(ledger: Ledger, sender: Pick<Sender, 'outOfTime'>, book: VerdictBook) {
    this.#ledger = ledger;
    this.#sender = sender;
    this.#book = book;
  }

  /**
   * @param images every change of an image, image by image
   * @returns groups of what may be sent, each with all updates of its images; the book has the
   *   verdict of everything else
   */
  async *admit(images: readonly (readonly Change[])[]): AsyncGenerator<Update[]> {
    for (const group of pack(images, AT_ONCE)) {
      const { outOfTime } = this.#sender;
      const changes = group.flat();
      if (outOfTime !== undefined) {
        // The time that is left is for the ledger of what was sent, and for dead letters.
        for (const change of changes) this.#book.book(loneUpdate(change), outOfTime);
        continue;
      }
      const open = await this.#ledger.screen(changes, this.#book);
      const updates = coalesce(open);
      this.figures.coalesced += open.length - updates.length;
      yield await this.#ledger.admit(updates, this.#book);
    }
  }
}
