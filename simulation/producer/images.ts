import { FIELDS } from '../../lambda/contract/fields.ts';
import type { ProducerHabits } from '../scenario.ts';
import type { SeededRandom } from '../world/random.ts';
import type { WantedImage } from './event.ts';

/** Texts that begin so are refused by the simulated FinerWorks. */
export const BAD_TEXT = 'Forbidden';
/** Images whose guid begins so are unknown to the simulated FinerWorks. */
export const BAD_GUID = 'bad00000';

const LONG_TEXT = 4_000;

/** Draws what events want of images. */
export class ImageMaker {
  readonly #random: SeededRandom;
  readonly #habits: ProducerHabits;
  readonly #guids: readonly string[];

  constructor(random: SeededRandom, habits: ProducerHabits) {
    this.#random = random;
    this.#habits = habits;
    this.#guids = Array.from({ length: habits.images }, (_, at) => {
      const begin = random.chance(habits.badImages) ? BAD_GUID : '00000000';
      return `${begin}-abcd-4000-8000-${String(at).padStart(12, '0')}`;
    });
  }

  /** Every image that events are about. */
  get guids(): readonly string[] {
    return this.#guids;
  }

  /** @param event the event's number, to make texts that show where they came from */
  draw(event: number): WantedImage[] {
    const count = this.#random.integer(1, this.#habits.imagesPerEvent);
    const guids = this.#random.shuffled(this.#guids).slice(0, count);
    return guids.map((guid) => ({ guid, ...this.#texts(event) }));
  }

  #texts(event: number): Omit<WantedImage, 'guid'> {
    const fields = this.#random.pick([...FIELDS.map((field) => [field]), FIELDS]);
    return Object.fromEntries(
      fields.map((field) => {
        const text = this.#text(`${field} ${event}`);
        return [field, this.#habits.oddTexts ? oddly(text, event) : text];
      }),
    );
  }

  #text(own: string): string {
    if (this.#random.chance(this.#habits.badTexts)) return `${BAD_TEXT} ${own}`;
    if (this.#habits.fewTexts) return this.#random.pick(['A', 'B', '']);
    if (this.#random.chance(0.02))
      return `${own} ${'x'.repeat(this.#random.integer(1, LONG_TEXT))}`;
    return this.#random.chance(0.02) ? '' : own;
  }
}

/** What FinerWorks may store in another way than it was sent. @param event decides which it is */
function oddly(text: string, event: number): string {
  const odd = [text, ` ${text} `, `${text} &amp; more`, text.padEnd(60, '.')];
  return odd[event % odd.length] ?? text;
}
