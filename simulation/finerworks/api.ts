import type { Keys } from '../../lambda/keys/keys.ts';
import { listedOf, takenOf, writtenGuid } from '../../local/finerworks/taking.ts';
import type { ApiHabits } from '../scenario.ts';
import type { SeededRandom } from '../world/random.ts';
import * as answers from './answers.ts';
import {
  type ApiWorld,
  disturbing,
  type Handling,
  latencyOf,
  NEVER,
  throttling,
} from './handling.ts';
import { hasBadText, isBad, isUnknown } from './truth.ts';
import type { WireCall, WireImage } from './wire.ts';

/** So late that the call has long timed out. */
const LATEST_EFFECT = 1_800_000;

/** How one call came out, before it is known how long everything takes. */
type Result = Omit<Handling, 'answersAfter' | 'appliesAfter'> & {
  readonly answersAfter?: number;
  readonly appliesAfter?: number;
};

/** `update_images`, as far as it is known: one verdict for each call. */
export class Api {
  readonly #random: SeededRandom;
  readonly #habits: ApiHabits;
  readonly #world: ApiWorld;

  constructor(random: SeededRandom, habits: ApiHabits, world: ApiWorld) {
    this.#random = random;
    this.#habits = habits;
    this.#world = world;
  }

  handle(call: WireCall, keys: Keys): Handling {
    const latency = latencyOf(this.#habits, this.#world.conditions, this.#random);
    const usual = { answersAfter: latency, appliesAfter: latency * this.#random.next() };
    return { ...usual, ...this.#result(call, keys) };
  }

  #result(call: WireCall, keys: Keys): Result {
    const { conditions, accepts } = this.#world;
    const random = this.#random;
    const { account, images } = call;
    const guids = images.map(({ guid }) => guid);
    const disturbed = disturbing({ account, guids, isList: false }, this.#world);
    if (disturbed !== undefined) return { ...disturbed, ...NOTHING };
    if (conditions.is('down') && random.chance(0.95)) return this.#lost(call, false);
    const throttled = throttling(this.#world, random);
    if (throttled !== undefined) return { ...throttled, ...NOTHING };
    if (!accepts(keys)) {
      return { meaning: 'badKeys', answer: answers.badKeysAnswer(random), ...NOTHING };
    }
    if (random.chance(conditions.strength('calls'))) return this.#lost(call, random.chance(0.6));
    if (conditions.is('contractWrong')) {
      const answer = answers.refusalAnswer(images, [], random);
      return { meaning: 'refused', answer, isContractWrong: true, ...NOTHING };
    }
    if (Buffer.byteLength(call.text) > this.#habits.maxBytes) {
      return { meaning: 'refused', answer: answers.tooLargeAnswer, ...NOTHING };
    }
    return this.#update(call);
  }

  #update({ images }: WireCall): Result {
    const random = this.#random;
    const { readings } = this.#world;
    if (readings.size > 0) return this.#updateAsRead(images);
    const bad = images.filter((image) => this.#isRefused(image));
    const isListed = this.#habits.listsImages;
    // An image alone is never forgotten: to be left out twice means to be refused.
    const isForgetful = isListed && images.length > 1;
    const forgetting = isForgetful ? this.#world.conditions.strength('forgetting') : 0;
    const forgotten = random.some(images, forgetting);
    const updated = images.filter((image) => !bad.includes(image) && !forgotten.includes(image));
    const isPartial = isListed && updated.length > 0 && (bad.length === 0 || random.chance(0.5));
    if (bad.length > 0 && !isPartial) return this.#refuse(images, bad);
    // An empty list says nothing about any image, so a call that updates none is not answered so.
    const applied = updated.length > 0 ? updated : images;
    const answer = answers.successAnswer(isListed ? applied : undefined, random);
    return { meaning: 'applied', answer, applies: applied, confirms: applied };
  }

  /** For ever, or as long as it is too new. */
  #isRefused(image: WireImage): boolean {
    return isBad(image, this.#world.readings) || !this.#world.library.isKnownByNow(image.guid);
  }

  /** The same, where what is not documented is read in one way or another. */
  #updateAsRead(images: readonly WireImage[]): Result {
    const random = this.#random;
    const { readings, library } = this.#world;
    const known = images.filter((image) => !isUnknown(image));
    const isOthers = readings.has('unknown-only-itself') && known.length > 0;
    const isPassed = isOthers || readings.has('unknown-ignored');
    const isNew = (image: WireImage) => !library.isKnownByNow(image.guid);
    const bad = images.filter(
      (image) => hasBadText(image) || isNew(image) || (isUnknown(image) && !isPassed),
    );
    if (bad.length > 0) return this.#refuse(images, bad);
    const taken = takenOf(known, readings, random.next);
    const said = isOthers ? known : images;
    const isPartial = readings.has('partial-images') && taken.length > 0;
    const listed = isPartial ? listedOf(taken, readings, random.next) : said;
    const isListing = this.#habits.listsImages || isPartial || isOthers;
    const written = listed.map(({ guid }) => ({ guid: writtenGuid(guid, readings) }));
    const isSure = (image: WireImage) => taken.includes(image) || !library.isListed(image.guid);
    return {
      meaning: 'applied',
      answer: answers.successAnswer(isListing ? written : undefined, random),
      applies: taken,
      confirms: listed.filter(isSure),
      claims: listed.filter((image) => !isSure(image)),
    };
  }

  #refuse(images: readonly WireImage[], bad: readonly WireImage[]): Result {
    const random = this.#random;
    const { refusals } = this.#habits;
    if (refusals !== undefined) {
      return { meaning: 'refused', answer: answers.plainRefusal(bad, refusals), ...NOTHING };
    }
    if (this.#habits.listsImages && random.chance(0.3)) {
      // Success that lists another image only: the newer host's way to refuse.
      const other = [{ guid: 'ffffffff-abcd-4000-8000-000000000000' }];
      const answer = answers.successAnswer(other, random);
      return { meaning: 'applied', answer, ...NOTHING };
    }
    const good = images.filter((image) => !bad.includes(image));
    const answer = answers.refusalAnswer(images, bad, random);
    // Some refusals come halfway: they confirm nothing, whatever was written.
    return { meaning: 'refused', answer, ...NOTHING, applies: random.chance(0.2) ? good : [] };
  }

  /** No answer that says anything, whether something was done or not: at once, later, or much later. */
  #lost({ images }: WireCall, isDone: boolean): Result {
    const random = this.#random;
    const { readings } = this.#world;
    const areGood = !images.some((image) => this.#isRefused(image));
    const known = images.filter((image) => !isUnknown(image));
    const applies = isDone && areGood ? takenOf(known, readings, random.next) : [];
    const answer = answers.brokenAnswer(random, isDone);
    const result: Result = { meaning: 'transient', answer, ...NOTHING, applies };
    if (random.chance(0.6)) return result;
    const isLate = random.chance(0.3);
    return {
      ...result,
      answersAfter: NEVER,
      ...(isLate && { appliesAfter: random.between(0, LATEST_EFFECT) }),
    };
  }
}

const NOTHING = { applies: [], confirms: [] } as const;
