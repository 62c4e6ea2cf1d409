import type { ReadingName } from '../../local/finerworks/readings.ts';
import { randomScenario } from '../random-scenario.ts';
import { drawReadings, readAs } from '../readings.ts';
import type { Scenario } from '../scenario.ts';
import { SeededRandom } from '../world/random.ts';
import { DELIVERED_TWICE } from './delivered-twice.ts';
import { JUST_UPLOADED } from './just-uploaded.ts';
import { LATE_EFFECTS } from './late-effects.ts';
import { REWRITTEN_TEXTS } from './rewritten-texts.ts';
import { THROTTLED_NOW_AND_THEN } from './throttled-now-and-then.ts';
import type { WorldKind } from './world-kind.ts';
import { WORLDS } from './worlds.ts';

/** How many of all worlds are of a kind. */
const SHARE = 0.1;
const SHARE_OF_UPLOADS = 0.01;
/** A kind more would change which kind each seed is of. What these show is drawn for other worlds as well. */
const BY_NAME_ALONE: readonly WorldKind[] = [
  REWRITTEN_TEXTS,
  DELIVERED_TWICE,
  LATE_EFFECTS,
  THROTTLED_NOW_AND_THEN,
];
const OTHERS = WORLDS.filter((kind) => kind !== JUST_UPLOADED && !BY_NAME_ALONE.includes(kind));

/**
 * Draws a seed's scenario: most are of no kind, some are a small one of a kind.
 *
 * @param readings of FinerWorks, in the place of those that are drawn; then all are of no kind
 */
export function scenarioOf(seed: number, readings?: readonly ReadingName[]): Scenario {
  const usual = randomScenario(seed);
  if (readings !== undefined) return readAs(usual, readings, seed);
  // Drawn apart, so that all other worlds are what they would be without.
  const random = new SeededRandom(`kind ${seed}`);
  const other = new SeededRandom(`upload ${seed}`);
  if (other.chance(SHARE_OF_UPLOADS)) return JUST_UPLOADED.small(usual, other);
  return random.chance(SHARE)
    ? random.pick(OTHERS).small(usual, random)
    : readAs(usual, drawReadings(seed), seed);
}
