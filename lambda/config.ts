import * as z from 'zod/mini';
import { DEFAULT_LIBRARY, DEFAULT_SITE_ID, SessionId } from './finerworks/list-settings.ts';
import { CallUrl } from './finerworks/url.ts';
import { KeysByAccount } from './keys/keys-by-account.ts';
import { OUTCOME_KINDS } from './outcomes/outcome-kinds.ts';
import { VARIABLES } from './variables.ts';

/** Every setting of the function. Lengths count UTF-16 code units, as JavaScript and .NET do. */
export const Config = z.strictObject({
  /** Base address of the FinerWorks API: https, or http to loopback only. */
  apiUrl: z._default(CallUrl, 'https://api.finerworks.com'),
  /** Name or ARN of the secret with `{"web_api_key", "app_key"}`. */
  secretId: z.string().check(z.minLength(1)),
  /** Key sets of single accounts; unset means that the default set serves all of them. */
  keysByAccount: z.optional(KeysByAccount),
  /** The source queue, to set how long a returned record stays hidden. */
  queueUrl: z.url(),
  /** The queue for records that can never succeed. */
  deadLetterQueueUrl: z.url(),
  /** The ledger's table; unset means that the function remembers nothing between invocations. */
  ledgerTable: z.optional(z.string().check(z.minLength(1))),
  /** The trail's table; unset means that nothing is kept of what became of events. */
  trailTable: z.optional(z.string().check(z.minLength(1))),
  /** Days that an item of the trail is kept. */
  trailDays: z._default(whole(1, 3_650), 30),
  /** The ARN of a bus or a topic, or the name of a bus; unset means that nobody is told of outcomes. */
  outcomesTarget: z.optional(z.string().check(z.minLength(1))),
  /** Which outcomes are told there. */
  outcomes: z._default(listOf(z.enum(OUTCOME_KINDS)), [...OUTCOME_KINDS]),
  /** Days for which a confirmed value counts as being at FinerWorks, where people may edit too. */
  unchangedDays: z._default(whole(0, 3_650), 90),
  /** Minutes that an event's time may be ahead of its sending: less than any error of time zone. */
  clockAheadMinutes: z._default(whole(0, 1_440), 15),
  /** Years that an event's time may be before its sending; clocks and types begin at 2001, 2000, 1980, 1970. */
  maxTimeAgeYears: z._default(whole(1, 1_000), 20),
  /** Whether images with virtual inventory products are protected: an update removes those. */
  virtualInventory: z._default(z.enum(['protect', 'remove']), 'protect'),
  /** Which updates are read back after they were answered with success. */
  verify: z._default(z.enum(['all', 'sample', 'off']), 'sample'),
  /** Whether calls also hold the fields that no event asks for, as the preflight shows them. */
  omittedFields: z._default(z.enum(['complete', 'omit']), 'complete'),
  /** `session_id` of lists, with `{account}` for the account key; unset means the request id. */
  listSessionId: z.optional(SessionId),
  /** `site_id` of lists. */
  listSiteId: z._default(whole(0), DEFAULT_SITE_ID),
  /** Name of the library that is listed: the one with the products. */
  listLibrary: z._default(z.string().check(z.minLength(1), z.maxLength(100)), DEFAULT_LIBRARY),
  /** Receives after which SQS moves a record; 1,000 is the most that SQS takes (AWS: SQS, redrive policy). */
  maxReceiveCount: z._default(whole(1, 1_000), 1_000),
  /** Hours after its first receive when a record that still fails is given up. */
  retryHours: z._default(whole(1, 336), 48),
  /** How long the source queue keeps a message. A record is given up before the queue drops it. */
  retentionHours: z._default(whole(1, 336), 168),
  /** The longest wait that FinerWorks may ask for by `Retry-After`. */
  maxRetryAfterSeconds: z._default(whole(0, 43_200), 3_600),
  /** Invocations at once; each gets its share of `callsPerSecond`. */
  maxConcurrency: z._default(whole(2, 1_000), 2),
  /** Updates of one invocation that are under way at once, never two with the same image. */
  callsAtOnce: z._default(whole(1, 10), 1),
  /** 50 is the ceiling of every sibling call that takes a list (inferred for update_images). */
  maxImagesPerCall: z._default(whole(1, 1_000), 50),
  /** Largest request body, in bytes; nothing is documented, so well below common server limits. */
  maxBytesPerCall: z._default(whole(1_024, 4_000_000), 1_000_000),
  /** Public clients of the API use 25 s, because slow answers are common. */
  callTimeoutSeconds: z._default(z.coerce.number<number>().check(z.gte(1), z.lte(300)), 25),
  /** Calls a second of the whole deployment; unset means no limit, because none is documented. */
  callsPerSecond: z.optional(z.coerce.number<number>().check(z.positive(), z.lte(1_000))),
  /** Calls that one invocation may spend to find bad images: enough where all 50 of a call are bad. */
  maxIsolationCalls: z._default(whole(0, 10_000), 100),
  /** When so many images are refused alone and none is taken, the images are not the cause. */
  systemicRefusalImages: z._default(whole(2, 10_000), 5),
  /**
   * Seconds after an event's first sending in which a refused image may still become known: after an
   * upload, FinerWorks' own client looks for the image for up to 60 s (inferred for update_images).
   */
  newImageSeconds: z._default(whole(0, 3_600), 300),
  /** How long keys are used before the secret is read again. */
  keysCacheSeconds: z._default(whole(1, 86_400), 300),
  /** Longest title; unset means no limit, because the API documents none. */
  maxTitleLength: z.optional(whole(1)),
  /** Longest description; unset means no limit, because the API documents none. */
  maxDescriptionLength: z.optional(whole(1)),
});

export type Config = z.output<typeof Config>;

/** The settings as they are given: what has a default may be left out. */
export type FunctionSettings = z.input<typeof Config>;

/** Does not compile where a setting has no variable. */
const VARIABLE_OF: Readonly<Record<keyof FunctionSettings, string>> = VARIABLES;

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
  const given = Object.entries(VARIABLE_OF).flatMap(([setting, variable]) => {
    const value = environment[variable];
    return value === undefined || value === '' ? [] : [[setting, value] as const];
  });
  const parsed = Config.safeParse(Object.fromEntries(given));
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => {
    const setting = issue.path[0] as keyof FunctionSettings;
    return `${VARIABLE_OF[setting]}: ${issue.message}`;
  });
  throw new ConfigError(`The function's environment is wrong: ${faults.join('; ')}`);
}

/** A count; texts are taken too, since the environment has no numbers. */
function whole(min: number, max = Number.MAX_SAFE_INTEGER) {
  return z.coerce.number<number>().check(z.int(), z.gte(min), z.lte(max));
}

/** A list, or its texts with commas between, as the environment has it. */
function listOf<Item extends z.core.$ZodType>(item: Item) {
  const split = z.transform((given: unknown) =>
    typeof given === 'string' ? given.split(',').map((part) => part.trim()) : given,
  );
  return z.pipe(split, z.array(item).check(z.minLength(1)));
}

/** Turns settings into the environment that {@link readConfig} reads; unset ones are left out. */
export function toEnvironment(settings: FunctionSettings): Record<string, string> {
  return Object.fromEntries(
    Object.entries(settings).flatMap(([setting, value]) =>
      value === undefined
        ? []
        : [[VARIABLE_OF[setting as keyof FunctionSettings], String(value)] as const],
    ),
  );
}
