/**
 * What the documentation of FinerWorks leaves open, read in one way or another: what the stand-in
 * and the simulated FinerWorks do besides, by the name that `npm start -- --reading` takes. Without
 * any, they do what the product would wish for (docs/finerworks-api.md).
 */
export const READINGS = {
  'first-only': 'of the images of a call only the first is taken, and the answer is success',
  'random-subset':
    'of the images of a call at least one is taken, by chance, the answer is success',
  'blank-omitted': 'a field that a call leaves out becomes empty',
  'cut-texts': 'a title is cut after 50 characters, a description after 1,000',
  'trim-texts': 'blanks at both ends of a text are dropped',
  'decode-entities': '&amp; and the like are stored as what they stand for',
  'late-list': 'lists show what was there some time ago (--list-lag)',
  'no-products': 'list_images says nothing of products',
  'unknown-refuses-all': 'an unknown guid lets its whole call fail, as without any reading',
  'unknown-ignored': 'an unknown guid is passed over, and the answer is success',
  'unknown-only-itself':
    'an unknown guid is left out of the answer’s images, and the others are taken',
  'guid-case-kept': 'a guid in capitals is another guid, and unknown',
  'guids-in-capitals': 'answers write guids in capitals',
  'partial-images': 'answers list only some of the images that were taken',
} as const satisfies Record<string, string>;
export type ReadingName = keyof typeof READINGS;

/** Readings that hold at once. */
export type Readings = ReadonlySet<ReadingName>;

/** How the stand-in behaves where the documentation leaves it open. */
export interface Habits {
  readings: Readings;
  /** By how many seconds lists are late, where that is one of the readings. */
  listLagSeconds: number;
}

export const READING_NAMES = Object.keys(READINGS) as ReadingName[];

/** Of each of these FinerWorks can do one only. */
const ALTERNATIVES: readonly (readonly ReadingName[])[] = [
  ['first-only', 'random-subset'],
  ['unknown-refuses-all', 'unknown-ignored', 'unknown-only-itself'],
];

/** Two readings that can't both hold; undefined where all can. */
export function contradictionIn(names: readonly ReadingName[]): ReadingName[] | undefined {
  return ALTERNATIVES.map((each) => each.filter((name) => names.includes(name))).find(
    ({ length }) => length > 1,
  );
}

/**
 * The readings of a list of names with commas between them.
 *
 * @throws {RangeError} naming what there is not, or what can't hold at once
 */
export function parseReadings(text: string): ReadingName[] {
  const names = text.split(',').map((name) => {
    const known = READING_NAMES.find((reading) => reading === name);
    if (known === undefined) throw new RangeError(`There is no reading ${name}.`);
    return known;
  });
  const contradiction = contradictionIn(names);
  if (contradiction === undefined) return names;
  throw new RangeError(`Only one of ${contradiction.join(' and ')} can hold.`);
}
