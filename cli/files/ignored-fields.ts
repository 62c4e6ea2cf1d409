import { unwrap } from '../../lambda/contract/envelopes.ts';
import { KNOWN_FIELDS } from '../../lambda/contract/faults/field-names.ts';
import { formatPath, isJsonObject, parseJson } from '../../lambda/contract/json.ts';

/** Names that are counted: a file may have as many as it has events. */
const MAX_NAMES = 100;

/** The fields of valid events that the function ignores, since they are the producer's own. */
export class IgnoredFields {
  readonly #counts = new Map<string, number>();
  #others = 0;

  /** @param text an event that the contract takes */
  count(text: string): void {
    const { body } = unwrap(parseJson(text));
    const images: readonly unknown[] = Array.isArray(body.images) ? body.images : [];
    const known = images.length > 0 ? KNOWN_FIELDS.list : KNOWN_FIELDS.single;
    for (const key in body) if (!known.has(key)) this.#add(formatPath([key]));
    for (const image of images) {
      if (!isJsonObject(image)) continue;
      for (const key in image) {
        if (!KNOWN_FIELDS.image.has(key)) this.#add(`images[].${formatPath([key])}`);
      }
    }
  }

  /** How often each was in the events, the most frequent first; `…` counts those beyond the limit. */
  get counts(): Readonly<Record<string, number>> {
    const named = [...this.#counts].sort(([, a], [, b]) => b - a);
    return Object.fromEntries(this.#others === 0 ? named : [...named, ['…', this.#others]]);
  }

  #add(name: string): void {
    const count = this.#counts.get(name) ?? 0;
    if (count === 0 && this.#counts.size === MAX_NAMES) this.#others += 1;
    else this.#counts.set(name, count + 1);
  }
}
