import type { Keys } from '../../lambda/keys/keys.ts';
import { writtenGuid } from '../../local/finerworks/taking.ts';
import type { ApiHabits } from '../scenario.ts';
import type { SeededRandom } from '../world/random.ts';
import {
  badKeysAnswer,
  brokenAnswer,
  listAnswer,
  productsAnswer,
  refusalAnswer,
} from './answers.ts';
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

/** A list call as it arrives at FinerWorks. */
export interface WireList {
  readonly account: string | null;
  readonly guids: readonly string[];
}

type Shown = Said & { readonly shown: readonly WireImage[] };

/** `list_images` and `list_virtual_inventory`, as far as it is known. */
export class ListApi {
  readonly #random: SeededRandom;
  readonly #habits: ApiHabits;
  readonly #world: ApiWorld;

  constructor(random: SeededRandom, habits: ApiHabits, world: ApiWorld) {
    this.#random = random;
    this.#habits = habits;
    this.#world = world;
  }

  /** Answers a list call; what it shows is what is there at that moment, as a rule. */
  list(asked: WireList, keys: Keys): Listing {
    return this.#listing(asked, keys, () => this.#shown(asked));
  }

  /** Answers with the products of images. */
  products(asked: WireList, page: number, keys: Keys): Listing {
    return this.#listing(asked, keys, () => this.#products(asked, page));
  }

  #listing(asked: WireList, keys: Keys, answered: () => Shown): Listing {
    const answersAfter = latencyOf(this.#habits, this.#world.conditions, this.#random);
    return { answersAfter, shown: [], ...this.#result(asked, keys, answered) };
  }

  #result(asked: WireList, keys: Keys, answered: () => Shown): Said & Partial<Shown> {
    const { conditions, accepts } = this.#world;
    const random = this.#random;
    const disturbed = disturbing({ ...asked, isList: true }, this.#world);
    if (disturbed !== undefined) return disturbed;
    if (conditions.is('down') && random.chance(0.95)) return this.#lost();
    const throttled = throttling(this.#world, random);
    if (throttled !== undefined) return throttled;
    if (!accepts(keys)) return { meaning: 'badKeys', answer: badKeysAnswer(random) };
    if (random.chance(conditions.strength('calls'))) return this.#lost();
    if (conditions.is('contractWrong')) {
      return { meaning: 'refused', answer: refusalAnswer([], [], random) };
    }
    return answered();
  }

  #lost(): Said {
    const answer = brokenAnswer(this.#random, false);
    return {
      meaning: 'transient',
      answer,
      ...(this.#random.chance(0.4) && { answersAfter: NEVER }),
    };
  }

  #shown({ guids }: WireList): Shown {
    const { library, conditions, readings } = this.#world;
    const { lists, reading } = this.#habits;
    const isMisled = lists !== undefined && conditions.elapsed < lists.until;
    const lag = reading?.listLag ?? 0;
    const listed = library.list(guids, isMisled ? lists : { lag });
    const written = listed.images.map(({ products, ...image }) => ({
      ...image,
      guid: writtenGuid(image.guid, readings),
      ...(!readings.has('no-products') && { products }),
    }));
    return { meaning: 'applied', answer: listAnswer(written, listed), shown: listed.images };
  }

  #products({ guids }: WireList, page: number): Shown {
    const { library, readings } = this.#world;
    const products = library
      .list(guids, {})
      .images.flatMap(({ guid, products }) =>
        products.map(({ sku }) => ({ sku, image_guid: writtenGuid(guid, readings) })),
      );
    return { meaning: 'applied', answer: productsAnswer(products, page), shown: [] };
  }
}
