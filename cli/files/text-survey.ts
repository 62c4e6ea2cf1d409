import { FIELDS, type Field, ofEachField } from '../../lambda/contract/fields.ts';
import type { ImageEvent } from '../../lambda/contract/image-event.ts';

/** Fields that a file sets to an empty text, and so clears at FinerWorks. */
export type Cleared = { readonly [field in Field as `${field}s`]?: number };

/**
 * What programs write where they have no value: databases (NULL, \N), spreadsheets (#N/A and other
 * errors), pandas (nan, NaT, <NA>), R (NA), Python (None), JavaScript (undefined, [object Object]).
 */
const NO_VALUES = new Set(
  [
    ...['null', '(null)', '<null>', '\\n', 'nil', 'none', 'undefined', '[object object]'],
    ...[
      'nan',
      'nat',
      '<na>',
      'na',
      'n/a',
      '#n/a',
      '#name?',
      '#null!',
      '#ref!',
      '#value!',
      '#div/0!',
    ],
  ].map((word) => word.toLowerCase()),
);

/** No such word is longer: longer texts need no comparison. */
const LONGEST = Math.max(...[...NO_VALUES].map((word) => word.length));

/** Counts texts of a file that are probably not meant: empty ones, and words for no value. */
export class TextSurvey {
  readonly #cleared: { [field in Field]: number } = { ...ofEachField(() => 0) };
  readonly #noValues = new Map<string, number>();

  add({ account, images }: ImageEvent): void {
    this.#look(account ?? undefined);
    for (const image of images) {
      for (const field of FIELDS) {
        if (image[field] === '') this.#cleared[field] += 1;
        this.#look(image[field]);
      }
    }
  }

  get cleared(): Cleared {
    return Object.fromEntries(FIELDS.map((field) => [`${field}s`, this.#cleared[field]]));
  }

  /** Texts that read as if there were no value, as they are written, with their counts. */
  get noValues(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#noValues);
  }

  #look(text: string | undefined): void {
    if (text === undefined || text === '' || text.length > LONGEST) return;
    if (!NO_VALUES.has(text.toLowerCase())) return;
    this.#noValues.set(text, (this.#noValues.get(text) ?? 0) + 1);
  }
}
