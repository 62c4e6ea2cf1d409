import type { Keys } from '../../lambda/keys/keys.ts';
import type { SeededRandom } from '../world/random.ts';

/** When one generation of keys works, and when the secret holds it; milliseconds since 1970. */
interface Generation {
  readonly keys: Keys;
  readonly acceptedFrom: number;
  readonly acceptedUntil: number;
  readonly inSecretFrom: number;
}

/** The longest time between the two halves of a rotation, in either order. */
const LONGEST_GAP = 900_000;

/**
 * The keys over time: which ones FinerWorks accepts and which ones the secret holds. Rotation
 * changes the one a while before or after the other.
 */
export class KeyRing {
  readonly #generations: readonly Generation[];

  /** @param rotations the moments of rotation, milliseconds since 1970 */
  constructor(rotations: readonly number[], random: SeededRandom) {
    const moments = [...rotations].sort((a, b) => a - b);
    const starts = [Number.NEGATIVE_INFINITY, ...moments];
    this.#generations = starts.map((start, at) => {
      const gap = random.chance(0.3) ? 0 : random.between(-LONGEST_GAP, LONGEST_GAP);
      const end = moments[at] ?? Number.POSITIVE_INFINITY;
      const overlap = random.chance(0.5) ? 0 : random.between(0, LONGEST_GAP);
      return {
        keys: { web_api_key: `web-key-${at}`, app_key: `app-key-${at}` },
        acceptedFrom: start,
        acceptedUntil: end + overlap,
        inSecretFrom: start + gap,
      };
    });
  }

  accepts(keys: Keys, now: number): boolean {
    return this.#generations.some(
      (generation) =>
        generation.keys.web_api_key === keys.web_api_key &&
        generation.keys.app_key === keys.app_key &&
        generation.acceptedFrom <= now &&
        now < generation.acceptedUntil,
    );
  }

  inSecret(now: number): Keys {
    const held = this.#generations.findLast(({ inSecretFrom }) => inSecretFrom <= now);
    if (held === undefined) throw new Error('The first generation is always there');
    return held.keys;
  }
}
