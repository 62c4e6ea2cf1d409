import * as z from 'zod';
import { CallUrl } from './finerworks/url.ts';

/**
 * What the function is told by its environment: one row a setting, with its variable, its
 * schema and its default. The stack and the local system write these variables with
 * {@link toEnvironment}; the function reads them with {@link readConfig}. Nobody else names them.
 */
const VARIABLES = {
  apiUrl: 'FINERWORKS_API_URL',
  secretId: 'FINERWORKS_SECRET_ID',
  queueUrl: 'QUEUE_URL',
  deadLetterQueueUrl: 'DEAD_LETTER_QUEUE_URL',
  ledgerTable: 'LEDGER_TABLE',
  unchangedDays: 'UNCHANGED_DAYS',
  clockAheadMinutes: 'CLOCK_AHEAD_MINUTES',
  virtualInventory: 'VIRTUAL_INVENTORY',
  maxReceiveCount: 'MAX_RECEIVE_COUNT',
  maxConcurrency: 'MAX_CONCURRENCY',
  maxImagesPerCall: 'MAX_IMAGES_PER_CALL',
  maxBytesPerCall: 'MAX_BYTES_PER_CALL',
  callTimeoutSeconds: 'CALL_TIMEOUT_SECONDS',
  callsPerSecond: 'CALLS_PER_SECOND',
  maxIsolationCalls: 'MAX_ISOLATION_CALLS',
  systemicRefusalImages: 'SYSTEMIC_REFUSAL_IMAGES',
  keysCacheSeconds: 'KEYS_CACHE_SECONDS',
  maxTitleLength: 'MAX_TITLE_LENGTH',
  maxDescriptionLength: 'MAX_DESCRIPTION_LENGTH',
} as const satisfies Record<keyof FunctionSettings, string>;

/** Every setting of the function. Lengths count UTF-16 code units, as JavaScript and .NET do. */
export const Config = z.strictObject({
  /** Base address of the FinerWorks API: https, or http to loopback only. */
  apiUrl: CallUrl.default('https://api.finerworks.com'),
  /** Name or ARN of the secret that holds `{"web_api_key", "app_key"}`. */
  secretId: z.string().min(1),
  /** The queue that the records come from, to set how long a returned one stays hidden. */
  queueUrl: z.url(),
  /** Where records go that can never succeed. */
  deadLetterQueueUrl: z.url(),
  /** The ledger's table; unset means that the function remembers nothing between invocations. */
  ledgerTable: z.string().min(1).optional(),
  /** Days for which a confirmed value counts as being at FinerWorks, where people may edit too. */
  unchangedDays: z.coerce.number<number>().int().min(0).max(3_650).default(90),
  /** Minutes that an event's time may be ahead of its sending: less than any error of time zone. */
  clockAheadMinutes: z.coerce.number<number>().int().min(0).max(1_440).default(15),
  /** What becomes of images whose update would remove virtual inventory products. */
  virtualInventory: z.enum(['protect', 'remove']).default('protect'),
  /** Receives after which SQS would move a record: at least 24 h of retries (docs/retries.md). */
  maxReceiveCount: z.coerce.number<number>().int().min(1).max(1_000).default(200),
  /** Invocations at once, of which each gets its share of `callsPerSecond`. */
  maxConcurrency: z.coerce.number<number>().int().min(2).max(1_000).default(2),
  /** 50 is the ceiling of every sibling call that takes a list (inferred for update_images). */
  maxImagesPerCall: z.coerce.number<number>().int().min(1).max(1_000).default(50),
  /** Largest request body, in bytes; nothing is documented, so well below common server limits. */
  maxBytesPerCall: z.coerce.number<number>().int().min(1_024).max(4_000_000).default(1_000_000),
  /** Public clients of the API use 25 s, because slow answers are common. */
  callTimeoutSeconds: z.coerce.number<number>().min(1).max(300).default(25),
  /** Calls a second of the whole deployment; unset means no limit, because none is documented. */
  callsPerSecond: z.coerce.number<number>().positive().max(1_000).optional(),
  /** Calls that one invocation may spend on finding culprits: enough for 50 images all bad. */
  maxIsolationCalls: z.coerce.number<number>().int().min(0).max(10_000).default(100),
  /** So many images refused alone, and nothing taken, is no fault of the images. */
  systemicRefusalImages: z.coerce.number<number>().int().min(2).max(10_000).default(5),
  /** How long keys are used before the secret is read again. */
  keysCacheSeconds: z.coerce.number<number>().int().min(1).max(86_400).default(300),
  /** Longest title; unset means no limit, because the API documents none. */
  maxTitleLength: z.coerce.number<number>().int().min(1).optional(),
  /** Longest description; unset means no limit, because the API documents none. */
  maxDescriptionLength: z.coerce.number<number>().int().min(1).optional(),
});

export type Config = z.output<typeof Config>;

/** The settings as they are given: what has a default may be left out. */
export type FunctionSettings = z.input<typeof Config>;

/** A setting of the function is missing or wrong. Holds variable names and rules, never values. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Reads the settings from the function's environment.
 *
 * @param environment usually `process.env`
 * @throws {ConfigError} naming every variable at fault and what it should be
 */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const given = Object.entries(VARIABLES).flatMap(([setting, variable]) => {
    const value = environment[variable];
    return value === undefined || value === '' ? [] : [[setting, value] as const];
  });
  const parsed = Config.safeParse(Object.fromEntries(given));
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => {
    const setting = issue.path[0] as keyof typeof VARIABLES;
    return `${VARIABLES[setting]}: ${issue.message}`;
  });
  throw new ConfigError(`The function's environment is wrong: ${faults.join('; ')}`);
}

/** Turns settings into the environment that {@link readConfig} reads; unset ones are left out. */
export function toEnvironment(settings: FunctionSettings): Record<string, string> {
  return Object.fromEntries(
    Object.entries(settings).flatMap(([setting, value]) =>
      value === undefined
        ? []
        : [[VARIABLES[setting as keyof typeof VARIABLES], String(value)] as const],
    ),
  );
}
