import { contradictionIn, READING_NAMES, type ReadingName } from '../local/finerworks/readings.ts';
import type { Scenario } from './scenario.ts';
import { SeededRandom } from './world/random.ts';

const SECOND = 1_000;
/** How many random worlds have any. */
const SHARE = 0.5;
const MAX_AT_ONCE = 4;
const OF_TEXTS: readonly ReadingName[] = ['cut-texts', 'trim-texts', 'decode-entities'];

/** Some readings for a random world, of which a good part has none. */
export function drawReadings(seed: number): ReadingName[] {
  // Drawn apart, so that all other worlds are what they would be without.
  const random = new SeededRandom(`readings ${seed}`);
  if (!random.chance(SHARE)) return [];
  const drawn = random.shuffled(READING_NAMES).slice(0, random.integer(1, MAX_AT_ONCE));
  const impossible = contradictionIn(drawn)?.slice(1) ?? [];
  return drawn.filter((name) => !impossible.includes(name));
}

/** The same world, with a FinerWorks of these readings. */
export function readAs(scenario: Scenario, names: readonly ReadingName[], seed: number): Scenario {
  if (names.length === 0) return scenario;
  const random = new SeededRandom(`list lag ${seed}`);
  const lag = random.pick([2, 10, 60, 120]) * random.next() * SECOND;
  const listLag = names.includes('late-list') ? lag : 0;
  const oddTexts = names.some((name) => OF_TEXTS.includes(name));
  return {
    ...scenario,
    producer: { ...scenario.producer, oddTexts },
    finerworks: {
      ...scenario.finerworks,
      // What no list shows can't be seen: most images are in the inventory library, as customers' are.
      inventory: random.pick([scenario.finerworks.inventory, 0.9, 1]),
      withProducts: random.pick([0.5, 0.1, 0]),
      reading: { names, listLag },
    },
  };
}
