import type { FactName, Facts } from '../../../infra/doctor/probed.ts';
import type { Calls } from '../calls.ts';
import type { Page, Place } from '../library.ts';
import type { Subjects } from '../subjects.ts';

/** What reading questions are asked with. */
export interface Reading {
  readonly calls: Calls;
  readonly place: Place;
  /** The first page of the library, which is read once. */
  readonly firstPage: () => Promise<Page>;
  /** One image by its guid, in lower case as the function asks, which is read once. */
  readonly oneImage: () => Promise<{ readonly guid: string; readonly page: Page }>;
  /** Some images that have virtual inventory products, which are read once. */
  readonly bearers: () => Promise<ReadonlySet<string>>;
}

/** What writing questions are asked with. */
export interface Writing {
  readonly subjects: Subjects;
  /** A text that was never there before, which begins with a word. */
  readonly fresh: (word: string) => string;
}

/** One thing that the documentation leaves open. */
export interface Question<Dependencies> {
  /** What it settles. */
  readonly facts: readonly FactName[];
  /** What is asked, for people who watch. */
  readonly about: string;
  /**
   * @param known what earlier questions settled
   * @returns what was seen; a fact that is missing stays open
   * @throws {NotSeen} why nothing was seen
   * @throws {Ended} where there are no calls left, or nobody wants more
   */
  readonly ask: (dependencies: Dependencies, known: Facts) => Promise<Facts>;
}
