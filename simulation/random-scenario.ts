import { PERIOD_KINDS, type ProducerHabits, type Scenario, type Settings } from './scenario.ts';
import { SeededRandom } from './world/random.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Invocations with so many images that lists and updates are under way side by side. */
const WIDE = {
  settings: { batchSize: 200, batchingWindowSeconds: 5, virtualInventory: 'protect' },
  producer: { events: 60, images: 400, imagesPerEvent: 12, duration: 10 * SECOND },
} as const satisfies { settings: Partial<Settings>; producer: Partial<ProducerHabits> };

/** Draws a scenario. */
export function randomScenario(seed: number): Scenario {
  const random = new SeededRandom(`scenario ${seed}`);
  /** On in some seeds only, and then with a random strength. */
  const sometimes = (share: number, most: number) =>
    random.chance(share) ? random.between(0, most) : 0;
  const isLong = random.chance(0.06);
  const healedAt = isLong ? random.between(2, 20) * HOUR : random.between(3, 40) * MINUTE;
  // Drawn apart, so that all other worlds are what they would be without.
  const isWide = new SeededRandom(`wide ${seed}`).chance(0.06);
  const bus = new SeededRandom(`outcomes ${seed}`);
  const newImageSeconds = new SeededRandom(`new images ${seed}`).pick([300, 300, 60, 0]);
  const sample = new SeededRandom(`sample ${seed}`);
  const verify = sample.chance(0.3) ? sample.pick(['sample', 'all'] as const) : ('off' as const);
  const settings = {
    ...settingsOf(random),
    newImageSeconds,
    verify,
    ...(isWide && WIDE.settings),
  };
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
      outcomes: bus.chance(0.4) ? bus.between(0, 0.8) : 0,
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

function settingsOf(random: SeededRandom): Omit<Settings, 'newImageSeconds' | 'verify'> {
  const timeoutSeconds = random.pick([30, 60, 120, 120]);
  const batchSize = random.pick([1, 10, 50, 200]);
  return {
    maxImagesPerCall: random.pick([3, 10, 50, 50]),
    maxBytesPerCall: random.pick([2_000, 1_000_000]),
    maxReceiveCount: random.pick([2, 4, 8, 1_000, 1_000]),
    retryHours: 48,
    retentionHours: 168,
    maxRetryAfterSeconds: 3_600,
    maxConcurrency: random.integer(2, 4),
    callsAtOnce: 1,
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
    maxTimeAgeYears: 20,
    virtualInventory: random.pick(['protect', 'protect', 'remove']),
    omittedFields: random.fork('omitted fields').chance(0.8) ? 'complete' : 'omit',
  };
}
