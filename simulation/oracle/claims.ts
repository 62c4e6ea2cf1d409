import type { Invocation } from '../aws/invocation.ts';
import type { CallRecord } from '../finerworks/call-record.ts';
import { valuesOf, type WireImage } from '../finerworks/wire.ts';
import type { OracleKnowledge } from './knowledge.ts';
import { wasReadBack } from './read-back-rules.ts';
import type { ValueBook } from './value-book.ts';

/** What answers say was taken, true or not. */
export class Claims {
  readonly #known: Pick<OracleKnowledge, 'settings' | 'library'>;
  readonly #values: ValueBook;
  /** By guid and field, with the value: some event wants them. */
  readonly #said = new Set<string>();

  constructor(known: Pick<OracleKnowledge, 'settings' | 'library'>, values: ValueBook) {
    this.#known = known;
    this.#values = values;
  }

  /** Whether an answer said that a field took a value, and it did not. */
  isSaid(key: string, value: string): boolean {
    return this.#said.has(`${key} ${value}`);
  }

  /** What an answer only says was taken counts where the settings do not let it be read back. */
  answered(record: CallRecord, invocation: Invocation): void {
    const { verify } = this.#known.settings;
    const { claimed = [], confirmed = [] } = record;
    const { library } = this.#known;
    if (verify === 'off') record.confirmed = [...confirmed, ...claimed];
    if (verify !== 'off') {
      this.#values.claim(claimed, (image) => {
        const isUnread = verify === 'sample' && !wasReadBack(image, record, invocation, library);
        return (
          isUnread ||
          (!this.#known.settings.ledger && this.#isWrittenSince(image, invocation.startedAt))
        );
      });
    }
    const believed = [...confirmed, ...(verify === 'all' ? [] : claimed)];
    // What it has in the end says nothing, until something is seen to be taken.
    for (const { key, field, value } of believed.flatMap(valuesOf)) {
      if (!library.has(key, value)) this.#values.spoilBySaying(key, field, value);
    }
    for (const { key, value } of claimed.flatMap(valuesOf)) this.#said.add(`${key} ${value}`);
  }

  /**
   * Without the ledger another invocation may change an image meanwhile, and what it wrote can't be
   * told from what FinerWorks made of a text: not since a list showed what was there before the call.
   */
  #isWrittenSince(image: WireImage, at: number): boolean {
    const { library } = this.#known;
    return valuesOf(image).some(({ key }) => (library.writtenAt(key) ?? 0) >= at);
  }
}
