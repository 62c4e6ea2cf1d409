import type { Duration } from 'aws-cdk-lib';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { WebhookFields } from './webhooks/webhook-fields.ts';

/** The settings of the construct, as `npm run docs` writes them from infra/setting-fields.ts. */
export interface ImageUpdatesSettings {
  /**
   * Address of the API; https only, since every call carries both keys.
   *
   * @default https://api.finerworks.com
   */
  readonly apiUrl?: string;
  /**
   * Whether the function remembers what it sent, so that nothing old overwrites anything newer and nothing is sent twice.
   *
   * @default true
   */
  readonly ledger?: boolean;
  /**
   * Time for which it is kept what became of each event, without its texts (docs/trail.md); longer than dead letters (14 days). 0 keeps nothing.
   *
   * @default 30 days
   */
  readonly trailRetention?: Duration;
  /**
   * Time for which a confirmed value is not sent again; people may edit images at FinerWorks too.
   *
   * @default 90 days
   */
  readonly unchangedFor?: Duration;
  /**
   * Time that an event may be ahead of its sending; less than any error of time zone.
   *
   * @default 15 minutes
   */
  readonly clockAhead?: Duration;
  /**
   * Years that an event’s time may be before its sending; what is older is a default that nobody set (0001, 1970, 2000).
   *
   * @default 20
   */
  readonly maxTimeAgeYears?: number;
  /**
   * `protect` makes a preflight before each call, and keeps images with virtual inventory products as they are; `remove` sends without a preflight, and their products are lost.
   *
   * @default protect
   */
  readonly virtualInventory?: 'protect' | 'remove';
  /**
   * Which updates are read back after FinerWorks answered success: `sample` reads the first call of a sandbox, each of twice as many images as any before, one in twenty, and each one after something was not taken until ten have gone well; `all` reads every call, for as many calls of `list_images` again; `off` believes each answer (docs/ledger.md).
   *
   * @default sample
   */
  readonly verify?: 'all' | 'sample' | 'off';
  /**
   * Whether a call also holds the field that no event asks for: `complete` sends it as the preflight shows it, because nobody knows whether FinerWorks keeps what is left out; `omit` leaves it out (docs/finerworks-api.md).
   *
   * @default complete
   */
  readonly omittedFields?: 'complete' | 'omit';
  /**
   * `session_id` of each `list_images`, 8 to 50 characters; `{account}` in it stands for the account key. FinerWorks’ own apps pass the account’s GUID; unless set it is the id of the invocation.
   *
   * @default none
   */
  readonly listSessionId?: string;
  /**
   * `site_id` of each `list_images`; 2 unless FinerWorks told you otherwise.
   *
   * @default 2
   */
  readonly listSiteId?: number;
  /**
   * Library that is listed: the one with the virtual inventory products.
   *
   * @default inventory
   */
  readonly listLibrary?: string;
  /**
   * Images in one call; 50 is the ceiling of every sibling call that takes a list.
   *
   * @default 50
   */
  readonly maxImagesPerCall?: number;
  /**
   * Bytes of one request body; nothing is documented, so well below common limits of servers.
   *
   * @default 1000000
   */
  readonly maxBytesPerCall?: number;
  /**
   * Time to wait for an answer; clients of the API use 25, because slow answers are common.
   *
   * @default 25 seconds
   */
  readonly callTimeout?: Duration;
  /**
   * Calls a second of the whole deployment; no limit unless set, because none is documented.
   *
   * @default none
   */
  readonly callsPerSecond?: number;
  /**
   * Calls an invocation may spend on finding bad images; 99 find any bad ones among 50.
   *
   * @default 100
   */
  readonly maxIsolationCalls?: number;
  /**
   * Images refused alone, with nothing taken, from which on the cause is sought elsewhere.
   *
   * @default 5
   */
  readonly systemicRefusalImages?: number;
  /**
   * Time after an event’s first sending until which an image that FinerWorks refuses may just have been uploaded: it is tried once more then, before its event is dead-lettered.
   *
   * @default 300 seconds
   */
  readonly newImagePeriod?: Duration;
  /**
   * Longest title; no limit unless set, because reports contradict each other. Longer ones are rejected.
   *
   * @default none
   */
  readonly maxTitleLength?: number;
  /**
   * Longest description; no limit unless set, as with the title.
   *
   * @default none
   */
  readonly maxDescriptionLength?: number;
  /**
   * Time until the secret is read again; refused keys are read again at once anyway.
   *
   * @default 300 seconds
   */
  readonly keysCache?: Duration;
  /**
   * Records an invocation; ten full calls, so that at most one call an account is unfilled.
   *
   * @default 500
   */
  readonly batchSize?: number;
  /**
   * Time to fill a batch; fewer calls for a little delay. 1 is some 3 s sooner for up to three times the calls, most of them at about 10 events a second; 0 also needs `batchSize=10`, and falls behind where 100 come a second (docs/benchmarks.md).
   *
   * @default 5 seconds
   */
  readonly maxBatchingWindow?: Duration;
  /**
   * Invocations at once, set on the event source; each with `callsAtOnce` updates under way, and with `protect` one preflight more beside them. 2 is the least that Lambda takes, and gentle on an API without documented limits.
   *
   * @default 2
   */
  readonly maxConcurrency?: number;
  /**
   * Updates that an invocation has under way at once, never two with the same image. 1 is gentle on an API without documented limits; 2 or 3 is for many accounts, whose calls go one after another otherwise, while `maxConcurrency` helps a backlog as well (docs/decisions.md).
   *
   * @default 1
   */
  readonly callsAtOnce?: number;
  /**
   * Time an invocation may take; ten calls of 10 s each, and 20 s for dead letters.
   *
   * @default 120 seconds
   */
  readonly timeout?: Duration;
  /**
   * Memory of the function; also its share of a processor, which the first, cold invocation needs.
   *
   * @default 512
   */
  readonly memorySize?: number;
  /**
   * Receives after which SQS moves a record; 1,000 is the most there is, so that `retryFor` decides.
   *
   * @default 1000
   */
  readonly maxReceiveCount?: number;
  /**
   * Time after its first receive from which on a record that still fails is given up; an outage of a day, and a day to notice (docs/retries.md).
   *
   * @default 48 hours
   */
  readonly retryFor?: Duration;
  /**
   * Longest wait that FinerWorks may ask for by `Retry-After`; longer ones are cut.
   *
   * @default 3600 seconds
   */
  readonly maxRetryAfter?: Duration;
  /**
   * Days that logs are kept; longer than dead letters (14 days) by far. 9999 keeps them for ever.
   *
   * @default 90 days
   */
  readonly logRetention?: RetentionDays;
  /**
   * Other accounts that may send, by their 12 digits, with commas between.
   *
   * @default none
   */
  readonly senderAccounts?: readonly string[];
  /**
   * Sources whose signed webhooks are taken, each at an address of its own, with commas between: `standard-webhooks`, `shopify`, `woocommerce`, `akeneo`, `contentful`, `cloudinary` (docs/webhooks.md). None unless set.
   *
   * @default none
   */
  readonly webhooks?: readonly (
    | 'standard-webhooks'
    | 'shopify'
    | 'woocommerce'
    | 'akeneo'
    | 'contentful'
    | 'cloudinary'
  )[];
  /**
   * Where payloads have what is needed, as JSON by source: `{"woocommerce":{"guid":"meta_data.print_guid","title":"name"}}`; for all else the defaults of docs/webhooks.md count.
   *
   * @default none
   */
  readonly webhookFields?: WebhookFields;
  /**
   * Which outcomes are told there, with commas between.
   *
   * @default applied,unchanged,superseded,dead-lettered,retries-exhausted
   */
  readonly outcomes?: readonly (
    | 'applied'
    | 'unchanged'
    | 'superseded'
    | 'dead-lettered'
    | 'retries-exhausted'
  )[];
  /**
   * Whether a dashboard, alarms, their topics and saved queries are made; `off` is for those who watch the metrics with tools of their own.
   *
   * @default true
   */
  readonly monitoring?: boolean;
  /**
   * How a new version of the function takes over: `gradual` gives it a tenth of the invocations for 15 minutes, and goes back where an alarm rings; `at-once` does not wait, as without `monitoring`.
   *
   * @default gradual
   */
  readonly rollout?: 'gradual' | 'at-once';
  /**
   * Address for the alarms that should wake somebody; it must confirm a subscription.
   *
   * @default none
   */
  readonly pageEmail?: string;
  /**
   * Address for the alarms that can wait until the morning; it must confirm a subscription.
   *
   * @default none
   */
  readonly ticketEmail?: string;
  /**
   * Time that a message may wait before somebody is paged; twice the longest pause between two tries.
   *
   * @default 30 minutes
   */
  readonly oldestMessageAge?: Duration;
  /**
   * Time between two heartbeats, 5 to 60: messages that go the whole way to FinerWorks’ `list_images` and change nothing; an alarm rings where they are not answered. None unless set, since each costs an invocation and a call that nobody asked for; worth it where events are rare.
   *
   * @default none
   */
  readonly heartbeat?: Duration;
  /**
   * Whether X-Ray traces invocations: how long each waited, started and ran. It costs by the trace, and calls of FinerWorks are in the log and the metrics anyway.
   *
   * @default false
   */
  readonly tracing?: boolean;
  /**
   * Where the runbook is to be read; each alarm links its section there.
   *
   * @default https://github.com/finerworks-image-updates/finerworks-image-updates/blob/main/docs/runbook.md
   */
  readonly runbookUrl?: string;
}
