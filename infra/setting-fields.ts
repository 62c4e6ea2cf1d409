import * as z from 'zod';
import { Config } from '../lambda/config.ts';
import { SESSION_ID_RULE, SessionId } from '../lambda/finerworks/list-settings.ts';
import { KEYS_BY_ACCOUNT_RULE, KeysByAccount } from '../lambda/keys/keys-by-account.ts';
import { DEFAULT_SECRET_NAME } from './account-keys.ts';
import { OPERATION_FIELDS } from './operation-fields.ts';
import { orToken } from './or-token.ts';
import { OUTCOME_FIELDS } from './outcomes/outcome-fields.ts';
import { isNameOrFullArn, SECRET_NAME_RULE } from './secret-name.ts';
import { SOURCE_FIELDS } from './sources/source-fields.ts';
import { DEFAULT_STACK_NAME } from './stack-name.ts';
import { WEBHOOK_FIELDS, WEBHOOK_SECRET_FIELD } from './webhooks/webhook-fields.ts';

/** The function's own settings, with its own rules. */
const { shape } = Config;

/**
 * Every setting of the stack, from `image-updates.json` or CDK context (`-c name=value`). The page of
 * settings shows the descriptions; each gives the reason for its default.
 */
export const Fields = z.strictObject({
  secretName: z
    .string()
    .refine(isNameOrFullArn, SECRET_NAME_RULE)
    .default(DEFAULT_SECRET_NAME)
    .describe(
      'Name or full ARN of the secret `{"web_api_key", "app_key"}`; it must exist before the stack.',
    ),
  keysByAccount: z
    .string()
    .refine((text) => KeysByAccount.safeParse(text).success, KEYS_BY_ACCOUNT_RULE)
    .optional()
    .describe(
      'Key sets of single accounts: `finerworks/keys/{account}`, a secret for each, or the name or full ARN of one secret `{"ACCOUNT": {"web_api_key", "app_key"}}`. Accounts without a set of their own use the one of `secretName` (docs/logins.md).',
    ),
  secretKeyArn: z
    .string()
    .regex(
      /^arn:[\w-]+:kms:[\w-]+:\d{12}:key\/[\w-]+$/,
      'is no full ARN of a KMS key; an alias will not do, since permissions name keys',
    )
    .optional()
    .describe(
      'ARN of the KMS key that encrypts the secret, and those of `keysByAccount`, where it is one of your own.',
    ),
  apiUrl: orToken(shape.apiUrl)
    .default(shape.apiUrl.parse(undefined))
    .describe('Address of the API; https only, since every call carries both keys.'),
  ledger: z
    .enum(['on', 'off'], { error: 'is neither on nor off' })
    .default('on')
    .describe(
      'Whether the function remembers what it sent, so that nothing old overwrites anything newer and nothing is sent twice.',
    ),
  trailDays: whole(0, 3_650)
    .default(30)
    .describe(
      'Days for which it is kept what became of each event, without its texts (docs/trail.md); longer than dead letters (14 days). 0 keeps nothing.',
    ),
  unchangedDays: shape.unchangedDays.with(
    z.describe(
      'Days for which a confirmed value is not sent again; people may edit images at FinerWorks too.',
    ),
  ),
  clockAheadMinutes: shape.clockAheadMinutes.with(
    z.describe(
      'Minutes that an event may be ahead of its sending; less than any error of time zone.',
    ),
  ),
  maxTimeAgeYears: shape.maxTimeAgeYears.with(
    z.describe(
      'Years that an event’s time may be before its sending; what is older is a default that nobody set (0001, 1970, 2000).',
    ),
  ),
  virtualInventory: shape.virtualInventory.with(
    z.describe(
      '`protect` makes a preflight before each call, and keeps images with virtual inventory products as they are; `remove` sends without a preflight, and their products are lost.',
    ),
  ),
  verify: shape.verify.with(
    z.describe(
      'Which updates are read back after FinerWorks answered success: `sample` reads the first call of a sandbox, each of twice as many images as any before, one in twenty, and each one after something was not taken until ten have gone well; `all` reads every call, for as many calls of `list_images` again; `off` believes each answer (docs/ledger.md).',
    ),
  ),
  omittedFields: shape.omittedFields.with(
    z.describe(
      'Whether a call also holds the field that no event asks for: `complete` sends it as the preflight shows it, because nobody knows whether FinerWorks keeps what is left out; `omit` leaves it out (docs/finerworks-api.md).',
    ),
  ),
  listSessionId: orToken(SessionId, SESSION_ID_RULE)
    .optional()
    .describe(
      '`session_id` of each `list_images`, 8 to 50 characters; `{account}` in it stands for the account key. FinerWorks’ own apps pass the account’s GUID; unless set it is the id of the invocation.',
    ),
  listSiteId: shape.listSiteId.with(
    z.describe('`site_id` of each `list_images`; 2 unless FinerWorks told you otherwise.'),
  ),
  listLibrary: orToken(shape.listLibrary)
    .default(shape.listLibrary.parse(undefined))
    .describe('Library that is listed: the one with the virtual inventory products.'),
  maxImagesPerCall: shape.maxImagesPerCall.with(
    z.describe('Images in one call; 50 is the ceiling of every sibling call that takes a list.'),
  ),
  maxBytesPerCall: shape.maxBytesPerCall.with(
    z.describe(
      'Bytes of one request body; nothing is documented, so well below common limits of servers.',
    ),
  ),
  callTimeoutSeconds: shape.callTimeoutSeconds.with(
    z.describe(
      'Seconds to wait for an answer; clients of the API use 25, because slow answers are common.',
    ),
  ),
  callsPerSecond: shape.callsPerSecond.with(
    z.describe(
      'Calls a second of the whole deployment; no limit unless set, because none is documented.',
    ),
  ),
  maxIsolationCalls: shape.maxIsolationCalls.with(
    z.describe(
      'Calls an invocation may spend on finding bad images; 99 find any bad ones among 50.',
    ),
  ),
  systemicRefusalImages: shape.systemicRefusalImages.with(
    z.describe(
      'Images refused alone, with nothing taken, from which on the cause is sought elsewhere.',
    ),
  ),
  newImageSeconds: shape.newImageSeconds.with(
    z.describe(
      'Seconds after an event’s first sending until which an image that FinerWorks refuses may just have been uploaded: it is tried once more then, before its event is dead-lettered.',
    ),
  ),
  maxTitleLength: shape.maxTitleLength.with(
    z.describe(
      'Longest title; no limit unless set, because reports contradict each other. Longer ones are rejected.',
    ),
  ),
  maxDescriptionLength: shape.maxDescriptionLength.with(
    z.describe('Longest description; no limit unless set, as with the title.'),
  ),
  keysCacheSeconds: shape.keysCacheSeconds.with(
    z.describe(
      'Seconds until the secret is read again; refused keys are read again at once anyway.',
    ),
  ),
  batchSize: whole(1, 10_000)
    .default(500)
    .describe(
      'Records an invocation; ten full calls, so that at most one call an account is unfilled.',
    ),
  batchingWindowSeconds: whole(0, 300)
    .default(5)
    .describe(
      'Seconds to fill a batch; fewer calls for a little delay. 1 is some 3 s sooner for up to three times the calls, most of them at about 10 events a second; 0 also needs `batchSize=10`, and falls behind where 100 come a second (docs/benchmarks.md).',
    ),
  maxConcurrency: shape.maxConcurrency.with(
    z.describe(
      'Invocations at once, set on the event source; each with `callsAtOnce` updates under way, and with `protect` one preflight more beside them. 2 is the least that Lambda takes, and gentle on an API without documented limits.',
    ),
  ),
  callsAtOnce: shape.callsAtOnce.with(
    z.describe(
      'Updates that an invocation has under way at once, never two with the same image. 1 is gentle on an API without documented limits; 2 or 3 is for many accounts, whose calls go one after another otherwise, while `maxConcurrency` helps a backlog as well (docs/decisions.md).',
    ),
  ),
  timeoutSeconds: whole(5, 900)
    .default(120)
    .describe('Seconds an invocation may take; ten calls of 10 s each, and 20 s for dead letters.'),
  memoryMegabytes: whole(128, 10_240)
    .default(512)
    .describe(
      'Memory of the function; also its share of a processor, which the first, cold invocation needs.',
    ),
  maxReceiveCount: shape.maxReceiveCount.with(
    z.describe(
      'Receives after which SQS moves a record; 1,000 is the most there is, so that `retryHours` decides.',
    ),
  ),
  retryHours: shape.retryHours.with(
    z.describe(
      'Hours after its first receive from which on a record that still fails is given up; an outage of a day, and a day to notice (docs/retries.md).',
    ),
  ),
  maxRetryAfterSeconds: shape.maxRetryAfterSeconds.with(
    z.describe('Longest wait that FinerWorks may ask for by `Retry-After`; longer ones are cut.'),
  ),
  logRetentionDays: whole(1, 9_999)
    .default(90)
    .describe(
      'Days that logs are kept; longer than dead letters (14 days) by far. 9999 keeps them for ever.',
    ),
  ...SOURCE_FIELDS,
  ...WEBHOOK_FIELDS,
  ...WEBHOOK_SECRET_FIELD,
  ...OUTCOME_FIELDS,
  ...OPERATION_FIELDS,
  stackName: z
    .string()
    .regex(
      /^[A-Za-z][A-Za-z0-9-]{0,127}$/,
      'is no name of a stack: letters, digits and hyphens, a letter first',
    )
    .default(DEFAULT_STACK_NAME)
    .describe('Name of the stack, to deploy it more than once.'),
});

/**
 * The settings that name what is there already, and those of the stack's own life: only the repository's own
 * stack has them. The construct takes the things themselves, as its own properties.
 */
export const STACK_ONLY = {
  secretName: true,
  keysByAccount: true,
  secretKeyArn: true,
  topicArn: true,
  eventBusName: true,
  eventPattern: true,
  webhookSecretName: true,
  outcomesTarget: true,
  outcomesKeyArn: true,
  queueKey: true,
  formerQueueKeys: true,
  pageTopicArn: true,
  ticketTopicArn: true,
  terminationProtection: true,
  tags: true,
  stackName: true,
} as const;

/** The settings that the stack and the construct share. */
export const SharedFields = Fields.omit(STACK_ONLY);

/** Every setting of the stack with its value, given or by default. */
export type StackSettings = z.output<typeof Fields>;

/** Every setting of the construct with its value, given or by default. */
export type Settings = z.output<typeof SharedFields>;

function whole(min: number, max: number) {
  return z.coerce.number<number>().int().min(min).max(max);
}
