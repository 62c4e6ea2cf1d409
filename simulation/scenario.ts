import { SeededRandom } from './world/random.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Something that lasts for a while. */
export interface Period {
  readonly kind: PeriodKind;
  /** Milliseconds since the beginning of the run. */
  readonly from: number;
  readonly until: number;
}

const PERIOD_KINDS = [
  /** FinerWorks is down. */
  'down',
  /** FinerWorks asks for a slower pace. */
  'throttled',
  /** FinerWorks answers late, often after the call's time-out. */
  'slow',
  /** FinerWorks refuses everything, as after a change of its contract or a wrong address. */
  'contractWrong',
  /** Secrets Manager is down. */
  'secretsDown',
  /** The dead-letter queue takes nothing. */
  'deadLettersDown',
  /** The ledger can be neither read nor written. */
  'ledgerDown',
] as const;
export type PeriodKind = (typeof PERIOD_KINDS)[number];

/** Probabilities of single mishaps; 0 in most seeds, so that each seed is about a few of them. */
export interface Troubles {
  /** At each call to the outside world the process dies. */
  readonly dying: number;
  /** A sandbox is replaced between two invocations. */
  readonly retiring: number;
  /** A receive brings a message that is already in flight. */
  readonly duplicates: number;
  /** A deleted message comes back, or its deletion is lost. */
  readonly ghosts: number;
  /** A batch request to the dead-letter queue, or for visibility, goes wrong. */
  readonly deadLetters: number;
  readonly visibility: number;
  /** A request to the ledger goes wrong, perhaps after its effect. */
  readonly ledger: number;
  /** A call to FinerWorks goes wrong, mostly with an unknown effect. */
  readonly calls: number;
  /** A call leaves out of its answer an image that it did not update, although it could. */
  readonly forgetting: number;
}

/** Everything that is decided before a run begins. */
export interface Scenario {
  /** When the troubles end, in milliseconds since the beginning. */
  readonly healedAt: number;
  readonly periods: readonly Period[];
  readonly troubles: Troubles;
  /** When keys are rotated, in milliseconds since the beginning. */
  readonly rotations: readonly number[];
  readonly settings: Settings;
  /**
   * Milliseconds until pollers that found nothing look again, unless something becomes visible again
   * sooner. SQS would answer at once; in a world of many hours that takes too many looks.
   */
  readonly idleInterval: number;
  readonly producer: ProducerHabits;
  readonly finerworks: ApiHabits;
}

/** What the stack would set. */
export interface Settings {
  readonly maxImagesPerCall: number;
  readonly maxBytesPerCall: number;
  readonly maxReceiveCount: number;
  readonly maxConcurrency: number;
  readonly callTimeoutSeconds: number;
  readonly callsPerSecond: number | undefined;
  readonly maxIsolationCalls: number;
  readonly systemicRefusalImages: number;
  readonly keysCacheSeconds: number;
  readonly timeoutSeconds: number;
  readonly batchSize: number;
  readonly batchingWindowSeconds: number;
  readonly ledger: boolean;
  readonly unchangedDays: number;
  readonly clockAheadMinutes: number;
  readonly virtualInventory: 'protect' | 'remove';
}

export interface ProducerHabits {
  readonly events: number;
  /** How many images there are to change; few of them make much to coalesce. */
  readonly images: number;
  readonly imagesPerEvent: number;
  readonly invalid: number;
  readonly redriven: number;
  /** The same event is published in two messages. */
  readonly twice: number;
  /** Texts that FinerWorks refuses. */
  readonly badTexts: number;
  /** Images that FinerWorks does not know. */
  readonly badImages: number;
  /** Texts come from a few, so that an image is set to what it was before. */
  readonly fewTexts: boolean;
  /** Events that are to be sent whatever is there. */
  readonly forced: number;
  /** Events that allow the removal of virtual inventory products. */
  readonly removing: number;
  readonly manyAccounts: boolean;
  /** All is sent within so many milliseconds. */
  readonly duration: number;
}

export interface ApiHabits {
  /** The newer host lists the images that it updated and leaves out the others. */
  readonly listsImages: boolean;
  /** Largest body that is taken, in bytes. */
  readonly maxBytes: number;
  readonly latency: number;
  /** How many images are in the inventory library; half of those have products. */
  readonly inventory: number;
}

/** Invocations with so many images that looks and updates are under way side by side. */
const WIDE = {
  settings: { batchSize: 200, batchingWindowSeconds: 5, virtualInventory: 'protect' },
  producer: { events: 60, images: 400, imagesPerEvent: 12, duration: 10 * SECOND },
} as const satisfies { settings: Partial<Settings>; producer: Partial<ProducerHabits> };

/** Draws a scenario. */
export function scenarioOf(seed: number): Scenario {
  const random = new SeededRandom(`scenario ${seed}`);
  /** On in some seeds only, and then with a strength of its own. */
  const sometimes = (share: number, most: number) =>
    random.chance(share) ? random.between(0, most) : 0;
  const isLong = random.chance(0.06);
  const healedAt = isLong ? random.between(2, 20) * HOUR : random.between(3, 40) * MINUTE;
  // Drawn apart, so that all other worlds are what they would be without.
  const isWide = new SeededRandom(`wide ${seed}`).chance(0.06);
  const settings = { ...settingsOf(random), ...(isWide && WIDE.settings) };
  return {
    healedAt,
    periods: PERIOD_KINDS.flatMap((kind) => (random.chance(0.15) ? [kind] : [])).map((kind) => {
      const from = random.between(-0.2, 0.8) * healedAt;
      return { kind, from, until: Math.min(healedAt, from + random.between(0.05, 1) * healedAt) };
    }),
    rotations: random.chance(0.3)
      ? Array.from({ length: random.integer(1, 3) }, () => random.between(0, healedAt))
      : [],
    troubles: {
      dying: sometimes(0.3, 0.1),
      retiring: sometimes(0.5, 0.5),
      duplicates: sometimes(0.5, 0.5),
      ghosts: sometimes(0.3, 0.2),
      deadLetters: sometimes(0.4, 0.6),
      visibility: sometimes(0.3, 0.5),
      ledger: sometimes(0.3, 0.2),
      calls: sometimes(0.5, 0.4),
      forgetting: sometimes(0.3, 0.2),
    },
    settings,
    idleInterval: 20 * SECOND,
    producer: {
      events: random.integer(1, isLong ? 20 : random.pick([5, 25, 25, 60, 120])),
      images: random.pick([2, 5, 20, 60, 150]),
      imagesPerEvent: random.pick([1, 1, 2, 6, 12]),
      invalid: sometimes(0.5, 0.4),
      redriven: sometimes(0.3, 0.4),
      twice: sometimes(0.3, 0.2),
      badTexts: sometimes(0.4, 0.15),
      badImages: sometimes(0.5, 0.15),
      fewTexts: random.chance(0.2),
      forced: sometimes(0.2, 0.5),
      removing: sometimes(0.3, 0.5),
      manyAccounts: random.chance(0.3),
      duration: random.pick([0, 10 * SECOND, random.between(0, 0.8) * healedAt]),
      ...(isWide && WIDE.producer),
    },
    finerworks: {
      listsImages: random.chance(0.3),
      maxBytes: random.pick([2_500, 10_000, 1_000_000, 1_000_000]),
      latency: random.pick([20, 200, 2_000]),
      inventory: sometimes(0.4, 0.6),
    },
  };
}

function settingsOf(random: SeededRandom): Settings {
  const timeoutSeconds = random.pick([30, 60, 120, 120]);
  const batchSize = random.pick([1, 10, 50, 200]);
  return {
    maxImagesPerCall: random.pick([3, 10, 50, 50]),
    maxBytesPerCall: random.pick([2_000, 1_000_000]),
    maxReceiveCount: random.pick([2, 4, 8, 200, 200]),
    maxConcurrency: random.integer(2, 4),
    // At most half of what the function has for calls, or it could never retry one.
    callTimeoutSeconds: timeoutSeconds < 120 ? 5 : random.pick([5, 25]),
    callsPerSecond:
      timeoutSeconds === 120 && random.chance(0.3) ? random.between(1, 10) : undefined,
    maxIsolationCalls: random.pick([15, 100, 100]),
    systemicRefusalImages: random.pick([3, 5]),
    keysCacheSeconds: random.pick([30, 300]),
    timeoutSeconds,
    batchSize,
    batchingWindowSeconds: batchSize > 10 ? random.pick([1, 5]) : random.pick([0, 1]),
    ledger: random.chance(0.9),
    unchangedDays: random.pick([90, 90, 1, 0]),
    clockAheadMinutes: 15,
    virtualInventory: random.pick(['protect', 'protect', 'remove']),
  };
}
