import type { Keys } from '../../lambda/finerworks/keys.ts';
import type { ApiHabits } from '../scenario.ts';
import type { SeededRandom } from '../world/random.ts';
import { badKeysAnswer, brokenAnswer, listAnswer, refusalAnswer } from './answers.ts';
import {
  type ApiWorld,
  disturbing,
  type Listing,
  latencyOf,
  NEVER,
  type Said,
  throttling,
} from './handling.ts';
import type { WireImage } from './wire.ts';

/** A look at the inventory as it arrives at FinerWorks. */
export interface WireLook {
  readonly account: string | null;
  readonly guids: readonly string[];
}

/** `list_images`, as far as it is known. */
export class ListApi {
  readonly #random: SeededRandom;
  readonly #habits: ApiHabits;
  readonly #world: ApiWorld;

  constructor(random: SeededRandom, habits: ApiHabits, world: ApiWorld) {
    this.#random = random;
    this.#habits = habits;
    this.#world = world;
  }

  /** Answers a look; what it shows is what is there at that moment, as a rule. */
  list(look: WireLook, keys: Keys): Listing {
    const answersAfter = latencyOf(this.#habits, this.#world.weather, this.#random);
    return { answersAfter, shown: [], ...this.#result(look, keys) };
  }

  #result(look: WireLook, keys: Keys): Said & { readonly shown?: readonly WireImage[] } {
    const { weather, accepts } = this.#world;
    const random = this.#random;
    const disturbed = disturbing({ ...look, isLook: true }, this.#world);
    if (disturbed !== undefined) return disturbed;
    if (weather.is('down') && random.chance(0.95)) return this.#lost();
    const throttled = throttling(this.#world, random);
    if (throttled !== undefined) return throttled;
    if (!accepts(keys)) return { meaning: 'badKeys', answer: badKeysAnswer(random) };
    if (random.chance(weather.strength('calls'))) return this.#lost();
    if (weather.is('contractWrong')) {
      return { meaning: 'refused', answer: refusalAnswer([], [], random) };
    }
    return this.#shown(look);
  }

  #lost(): Said {
    const answer = brokenAnswer(this.#random, false);
    return {
      meaning: 'transient',
      answer,
      ...(this.#random.chance(0.4) && { answersAfter: NEVER }),
    };
  }

  #shown({ guids }: WireLook): Said & { readonly shown: readonly WireImage[] } {
    const { library, weather } = this.#world;
    const { lists } = this.#habits;
    const isMisled = lists !== undefined && weather.elapsed < lists.until;
    const listed = library.list(guids, isMisled ? lists : {});
    return {
      meaning: 'applied',
      answer: listAnswer(listed.images, listed),
      shown: listed.images,
    };
  }
}
