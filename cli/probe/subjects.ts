import { type CallVerdict, isNeverSent } from '../../lambda/finerworks/classify.ts';
import type { Calls } from './calls.ts';
import { withProductsAmong } from './inventory.ts';
import { list, type Place } from './library.ts';
import { NotSeen } from './not-seen.ts';
import { answerOf, hasChanged, type Texts, textsOf, type Wanted, type Written } from './written.ts';

/** Of each wait for a list, in seconds; two minutes in all. */
const PATIENCE = [0, 1, 2, 4, 8, 16, 32, 64];

/**
 * The two images that a probe may change. Before each call that changes one, both are listed: an image with
 * virtual inventory products is never changed, since FinerWorks would remove them.
 */
export class Subjects {
  readonly guids: readonly [string, string];
  readonly #calls: Calls;
  readonly #place: Place;
  readonly #touched = new Set<string>();
  #shown: ReadonlyMap<string, Texts> = new Map();
  #originals: ReadonlyMap<string, Texts> = new Map();
  /** Those that have products, as the last list showed. */
  #bearing: ReadonlySet<string> = new Set();
  /** How many calls there were when both were last listed. */
  #lookedAt = -1;
  /** How late lists are, as far as it is known. */
  #lagSeconds = 0;
  #isLagKnown = false;
  #mayTakeEffectLater = false;

  constructor(guids: readonly [string, string], calls: Calls, place: Place) {
    this.guids = guids;
    this.#calls = calls;
    this.#place = place;
  }

  /** Both images in the last list before anything was changed. */
  get originals(): ReadonlyMap<string, Texts> {
    return this.#originals;
  }

  /** Those that a call was to change. */
  get touched(): readonly string[] {
    return [...this.#touched];
  }

  /** Whether a call without an answer may still change an image. */
  get mayTakeEffectLater(): boolean {
    return this.#mayTakeEffectLater;
  }

  /** Both images as they are; undefined where a call was made since the last list. */
  get shownLast(): ReadonlyMap<string, Texts> | undefined {
    return this.#lookedAt === this.#calls.made ? this.#shown : undefined;
  }

  /** Whether it was seen how late lists are. */
  get isLagKnown(): boolean {
    return this.#isLagKnown;
  }

  /**
   * Lists both images before anything is changed.
   *
   * @throws {NotSeen} where one is not there, has products, or may have some
   * @throws {Ended}
   */
  async firstLook(): Promise<ReadonlyMap<string, Texts>> {
    return this.#listBefore(this.guids);
  }

  /**
   * Makes one call of `update_images`, and lists the images after it.
   *
   * @throws {NotSeen} where the result is unknown
   * @throws {Ended}
   */
  async write(images: readonly Wanted[]): Promise<Written> {
    const before = await this.#listBefore(images.map(({ guid }) => guid));
    const answer = answerOf(await this.#update(images));
    const after = await this.#listAfter(before, answer.kind === 'success' ? [0, 0] : [0]);
    return { answer, before, after };
  }

  /**
   * Makes the first call, and waits up to two minutes until the list shows it. This shows how late lists
   * are.
   *
   * @returns seconds from the answer until the list had changed; undefined where it did not
   * @throws {NotSeen} where nothing can be said of that
   * @throws {Ended}
   */
  async writeFirst(
    images: readonly Wanted[],
  ): Promise<Written & { readonly seconds: number | undefined }> {
    const before = await this.#listBefore(images.map(({ guid }) => guid));
    const answer = answerOf(await this.#update(images));
    const startedAt = performance.now();
    const after = await this.#listAfter(before, answer.kind === 'success' ? PATIENCE : [0]);
    const seconds = (performance.now() - startedAt) / 1_000;
    this.#isLagKnown = true;
    if (!hasChanged(before, after)) return { answer, before, after, seconds: undefined };
    this.#lagSeconds = seconds < 1 ? 0 : seconds;
    return { answer, before, after, seconds };
  }

  /** Makes one call. @throws {NotSeen} where the images must not be changed */
  async put(image: Wanted): Promise<CallVerdict> {
    await this.#listBefore([image.guid]);
    return this.#update([image]);
  }

  /** Lists the images as soon as lists show the last call. @throws {NotSeen} @throws {Ended} */
  async listLater(): Promise<ReadonlyMap<string, Texts>> {
    await this.#calls.wait(this.#lagSeconds);
    return this.#look();
  }

  /** @throws {NotSeen} where one of those that are to be changed has products */
  async #listBefore(guids: readonly string[]): Promise<ReadonlyMap<string, Texts>> {
    // What was listed just now is not listed again.
    const shown = this.shownLast ?? (await this.#look());
    const bearer = guids.find((guid) => this.#bearing.has(guid));
    if (bearer === undefined) return shown;
    throw new NotSeen(`${bearer} has virtual inventory products, which an update removes`);
  }

  /** Lists both images, and finds which of them have products. */
  async #look(): Promise<ReadonlyMap<string, Texts>> {
    const { images } = await list(this.#calls, this.#place, { guids: this.guids, perPage: 50 });
    const mine = this.guids.map((guid) => {
      const [image, second] = images.filter((one) => one.guid === guid);
      if (image === undefined) throw new NotSeen(`${guid} is not in the library`);
      if (second !== undefined) throw new NotSeen(`${guid} is listed twice`);
      return image;
    });
    const shown = new Map(mine.map((image) => [image.guid, textsOf(image)]));
    this.#bearing = mine.some(({ products }) => products === undefined)
      ? await withProductsAmong(this.#calls, this.#place, this.guids)
      : new Set(mine.flatMap(({ guid, products }) => (products === 0 ? [] : guid)));
    // Somebody may have edited an image while the question was open.
    if (this.#touched.size === 0) this.#originals = shown;
    this.#shown = shown;
    this.#lookedAt = this.#calls.made;
    return shown;
  }

  async #listAfter(
    before: ReadonlyMap<string, Texts>,
    patience: readonly number[],
  ): Promise<ReadonlyMap<string, Texts>> {
    let after = before;
    for (const seconds of patience) {
      await this.#calls.wait(seconds);
      after = await this.listLater();
      if (hasChanged(before, after)) break;
    }
    return after;
  }

  async #update(images: readonly Wanted[]): Promise<CallVerdict> {
    const body = JSON.stringify({ images, account_key: this.#place.account });
    // Noted before, since the call may take effect even without an answer.
    for (const { guid } of images) if (this.guids.includes(guid)) this.#touched.add(guid);
    const verdict = await this.#calls.make({ method: 'PUT', path: '/v3/update_images', body });
    const isUnanswered = verdict.kind === 'retry' && verdict.mayTakeEffect;
    if (isUnanswered && !isNeverSent(verdict.detail)) this.#mayTakeEffectLater = true;
    return verdict;
  }
}
