import type { ApiHabits, ProducerHabits, Scenario, Settings, Troubles } from '../scenario.ts';

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export const NO_TROUBLES: Troubles = {
  dying: 0,
  retiring: 0,
  duplicates: 0,
  ghosts: 0,
  deadLetters: 0,
  visibility: 0,
  outcomes: 0,
  ledger: 0,
  calls: 0,
  forgetting: 0,
};

/**
 * What a stack gets where nothing is set: test/simulation/worlds/full-size.test.ts compares. Reading them
 * from the stack would load CDK for every run.
 */
const DEFAULTS: Settings = {
  maxImagesPerCall: 50,
  maxBytesPerCall: 1_000_000,
  maxReceiveCount: 1_000,
  retryHours: 48,
  retentionHours: 168,
  maxRetryAfterSeconds: 3_600,
  maxConcurrency: 2,
  callsAtOnce: 1,
  callTimeoutSeconds: 25,
  callsPerSecond: undefined,
  maxIsolationCalls: 100,
  systemicRefusalImages: 5,
  newImageSeconds: 300,
  keysCacheSeconds: 300,
  timeoutSeconds: 120,
  batchSize: 500,
  batchingWindowSeconds: 5,
  ledger: true,
  unchangedDays: 90,
  clockAheadMinutes: 15,
  maxTimeAgeYears: 20,
  virtualInventory: 'protect',
  verify: 'sample',
  omittedFields: 'complete',
};

/** Invents nothing; what events it is told to send are plain ones of one image. */
export const NO_INVENTIONS: ProducerHabits = {
  events: 0,
  images: 1,
  imagesPerEvent: 1,
  invalid: 0,
  redriven: 0,
  twice: 0,
  badTexts: 0,
  badImages: 0,
  fewTexts: false,
  forced: 0,
  removing: 0,
  manyAccounts: false,
  duration: 0,
};

/** Each answer takes just as long, so that times tell of the function alone. */
const STEADY: ApiHabits = {
  listsImages: false,
  maxBytes: 1_000_000,
  latency: 200,
  isSteady: true,
  inventory: 0,
};

/** What makes a world of full size different from any other. */
type Given = Pick<Scenario, 'streams'> &
  Partial<Omit<Scenario, 'settings' | 'finerworks'>> & {
    readonly settings?: Partial<Settings>;
    readonly finerworks?: Partial<ApiHabits>;
  };

/** A world in which nothing happens but what is given, with the settings that a stack gets. */
export function fullSize({ settings, finerworks, ...given }: Given): Scenario {
  return {
    // The last event must have been sent, or the world would be over before.
    healedAt: endOf(given) + SECOND,
    periods: [],
    rotations: [],
    troubles: NO_TROUBLES,
    idleInterval: MINUTE,
    isAttentive: true,
    producer: NO_INVENTIONS,
    ...given,
    settings: { ...DEFAULTS, ...settings },
    finerworks: { ...STEADY, ...finerworks },
  };
}

/** When the last stream or disturbance ends, in milliseconds since the beginning. */
export function endOf({
  streams = [],
  disturbances = [],
}: Pick<Scenario, 'streams' | 'disturbances'>): number {
  return Math.max(...[...streams, ...disturbances].map(({ until }) => until));
}

/** The same world without anything that goes wrong in it. */
export function undisturbed(scenario: Scenario): Scenario {
  const { disturbances: _disturbances, killer: _killer, finerworks, ...rest } = scenario;
  const { lists: _lists, ...habits } = finerworks;
  return { ...rest, finerworks: habits, periods: [] };
}
