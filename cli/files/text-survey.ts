import type { ImageEvent } from '../../lambda/contract/image-event.ts';

/** Fields that a file sets to an empty text, and so clears at FinerWorks. */
export interface Cleared {
  readonly titles: number;
  readonly descriptions: number;
}

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
  #titles = 0;
  #descriptions = 0;
  readonly #noValues = new Map<string, number>();

  add({ account, images }: ImageEvent): void {
    this.#look(account ?? undefined);
    for (const { title, description } of images) {
      if (title === '') this.#titles += 1;
      if (description === '') this.#descriptions += 1;
      this.#look(title);
      this.#look(description);
    }
  }

  get cleared(): Cleared {
    return { titles: this.#titles, descriptions: this.#descriptions };
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
