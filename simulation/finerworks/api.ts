import type { Answer } from '../../lambda/finerworks/answer.ts';
import type { Keys } from '../../lambda/finerworks/keys.ts';
import type { ApiHabits } from '../scenario.ts';
import type { SeededRandom } from '../world/random.ts';
import type { Weather } from '../world/weather.ts';
import * as answers from './answers.ts';
import type { Meaning } from './call-record.ts';
import { type Disturbance, disturbanceOf, disturbedAnswer } from './disturbance.ts';
import type { Library } from './library.ts';
import { isBad } from './truth.ts';
import type { WireCall, WireImage } from './wire.ts';

/** What FinerWorks makes of a call. All durations in milliseconds from the call's start. */
export interface Handling {
  readonly meaning: Meaning;
  readonly answer: Answer;
  readonly answersAfter: number;
  /** What is written, and when: it may be long after the answer, or without one. */
  readonly applies: readonly WireImage[];
  readonly appliesAfter: number;
  /** What the answer confirms. */
  readonly confirms: readonly WireImage[];
  /** Whether everything is refused at the moment, whatever it is. */
  readonly isContractWrong?: boolean;
  /** What `Retry-After` asks for, in milliseconds. */
  readonly retryAfter?: number;
}

/** A look at the inventory as it arrives at FinerWorks. */
export interface WireLook {
  readonly account: string | null;
  readonly guids: readonly string[];
}

/** What came of a look at the inventory. */
export interface Listing {
  readonly meaning: Meaning;
  readonly answer: Answer;
  readonly answersAfter: number;
  /** What `Retry-After` asks for, in milliseconds. */
  readonly retryAfter?: number;
  /** The images that the answer shows, with their values. */
  readonly shown: readonly WireImage[];
}

/** So late that the call has long timed out: nobody waits for it any more. */
const LATEST_EFFECT = 1_800_000;
const NEVER = Number.POSITIVE_INFINITY;

/** How one call came out, before it is known how long everything takes. */
type Result = Omit<Handling, 'answersAfter' | 'appliesAfter'> & {
  readonly answersAfter?: number;
  readonly appliesAfter?: number;
};

/** What FinerWorks knows and what mood it is in. */
export interface ApiWorld {
  readonly now: () => number;
  readonly weather: Weather;
  readonly accepts: (keys: Keys) => boolean;
  readonly library: Library;
  readonly disturbances: readonly Disturbance[];
}

/** FinerWorks, as far as it is known: one verdict for each call. */
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
    const latency = this.#latency();
    const usual = { answersAfter: latency, appliesAfter: latency * this.#random.next() };
    return { ...usual, ...(this.#disturbed(call) ?? this.#result(call, keys)) };
  }

  #latency(): number {
    const { latency, isSteady = false } = this.#habits;
    if (isSteady) return latency;
    const isSlow = this.#world.weather.is('slow') && this.#random.chance(0.5);
    return this.#random.between(0.2, isSlow ? 30 : 1) * latency;
  }

  /** Answers a look at the inventory; what it shows is what is there at that moment, as a rule. */
  list(look: WireLook, keys: Keys): Listing {
    const { weather, accepts, library } = this.#world;
    const random = this.#random;
    const answersAfter = this.#latency();
    const unseen = (meaning: Meaning, answer: Answer) => ({
      meaning,
      answer,
      answersAfter,
      shown: [],
    });
    const lost = () => ({
      ...unseen('transient', answers.brokenAnswer(random, false)),
      ...(random.chance(0.4) && { answersAfter: NEVER }),
    });
    const disturbance = this.#disturbance(look, true);
    if (disturbance !== undefined) {
      const answer = disturbedAnswer(disturbance);
      const seconds = disturbance.retryAfterSeconds;
      return {
        ...unseen('transient', answer ?? answers.resetAnswer),
        ...(answer === undefined && { answersAfter: NEVER }),
        ...(seconds !== undefined && { retryAfter: seconds * 1_000 }),
      };
    }
    if (weather.is('down') && random.chance(0.95)) return lost();
    if (weather.is('throttled') && random.chance(0.6)) {
      const { answer, retryAfter } = this.#throttled();
      return { ...unseen('transient', answer), ...(retryAfter !== undefined && { retryAfter }) };
    }
    if (!accepts(keys)) return unseen('badKeys', answers.badKeysAnswer(random));
    if (random.chance(weather.strength('calls'))) return lost();
    if (weather.is('contractWrong'))
      return unseen('refused', answers.refusalAnswer([], [], random));
    const { lists } = this.#habits;
    const isMisled = lists !== undefined && weather.elapsed < lists.until;
    const listed = library.list(look.guids, isMisled ? lists : {});
    const answer = answers.listAnswer(listed.images, listed);
    return { meaning: 'applied', answer, answersAfter, shown: listed.images };
  }

  #disturbance({ account, guids }: WireLook, isLook: boolean): Disturbance | undefined {
    const { disturbances, weather } = this.#world;
    return disturbanceOf({ isLook, account, guids, at: weather.elapsed }, disturbances);
  }

  #disturbed({ account, images }: WireCall): Result | undefined {
    if (this.#world.disturbances.length === 0) return undefined;
    const guids = images.map(({ guid }) => guid);
    const disturbance = this.#disturbance({ account, guids }, false);
    if (disturbance === undefined) return undefined;
    const answer = disturbedAnswer(disturbance);
    const isContractWrong = disturbance.how === 'refused';
    const seconds = disturbance.retryAfterSeconds;
    return {
      ...nothing(isContractWrong ? 'refused' : 'transient', answer ?? answers.resetAnswer),
      isContractWrong,
      ...(answer === undefined && { answersAfter: NEVER }),
      ...(seconds !== undefined && { retryAfter: seconds * 1_000 }),
    };
  }

  #result(call: WireCall, keys: Keys): Result {
    const { weather, accepts } = this.#world;
    const random = this.#random;
    if (weather.is('down') && random.chance(0.95)) return this.#lost(call, false);
    if (weather.is('throttled') && random.chance(0.6)) return this.#throttled();
    if (!accepts(keys)) return nothing('badKeys', answers.badKeysAnswer(random));
    if (random.chance(weather.strength('calls'))) return this.#lost(call, random.chance(0.6));
    if (weather.is('contractWrong')) {
      const answer = answers.refusalAnswer(call.images, [], random);
      return { ...nothing('refused', answer), isContractWrong: true };
    }
    if (Buffer.byteLength(call.text) > this.#habits.maxBytes) {
      return nothing('refused', answers.tooLargeAnswer);
    }
    return this.#update(call);
  }

  #update({ images }: WireCall): Result {
    const random = this.#random;
    const bad = images.filter(isBad);
    const isListed = this.#habits.listsImages;
    // An image alone is never forgotten: to be left out twice means to be refused.
    const isForgetful = isListed && images.length > 1;
    const forgetting = isForgetful ? this.#world.weather.strength('forgetting') : 0;
    const forgotten = random.some(images, forgetting);
    const updated = images.filter((image) => !bad.includes(image) && !forgotten.includes(image));
    const isPartial = isListed && updated.length > 0 && (bad.length === 0 || random.chance(0.5));
    if (bad.length > 0 && !isPartial) return this.#refuse(images, bad);
    // An empty list says nothing of any image, so a call that updates none is not answered so.
    const applied = updated.length > 0 ? updated : images;
    const answer = answers.successAnswer(isListed ? applied : undefined, random);
    return { meaning: 'applied', answer, applies: applied, confirms: applied };
  }

  #refuse(images: readonly WireImage[], bad: readonly WireImage[]): Result {
    const random = this.#random;
    const { refusals } = this.#habits;
    if (refusals !== undefined) return nothing('refused', answers.plainRefusal(bad, refusals));
    if (this.#habits.listsImages && random.chance(0.3)) {
      // Success that lists another image only: the newer host's way to refuse.
      const other = [{ guid: 'ffffffff-abcd-4000-8000-000000000000' }];
      const answer = answers.successAnswer(other, random);
      return { meaning: 'applied', answer, applies: [], confirms: [] };
    }
    const good = images.filter((image) => !bad.includes(image));
    const answer = answers.refusalAnswer(images, bad, random);
    // Some refusals come halfway: they confirm nothing, whatever was written.
    return { ...nothing('refused', answer), applies: random.chance(0.2) ? good : [] };
  }

  #throttled(): Result {
    const seconds = this.#random.pick([undefined, undefined, 0, 1, 10, 120, 3_600]);
    const answer = answers.throttledAnswer(seconds, this.#world.now(), this.#random);
    return {
      ...nothing('transient', answer),
      ...(seconds !== undefined && { retryAfter: seconds * 1_000 }),
    };
  }

  /** No answer that tells anything, whatever was done: at once, later, or much later. */
  #lost({ images }: WireCall, isDone: boolean): Result {
    const random = this.#random;
    const applies = isDone && !images.some(isBad) ? images : [];
    const result = { ...nothing('transient', answers.brokenAnswer(random, isDone)), applies };
    if (random.chance(0.6)) return result;
    const isLate = random.chance(0.3);
    return {
      ...result,
      answersAfter: NEVER,
      ...(isLate && { appliesAfter: random.between(0, LATEST_EFFECT) }),
    };
  }
}

function nothing(meaning: Meaning, answer: Answer): Result {
  return { meaning, answer, applies: [], confirms: [] };
}
