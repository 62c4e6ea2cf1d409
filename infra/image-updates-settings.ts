import type { Settings } from './setting-fields.ts';

/** The settings of the construct, as `npm run docs` writes them from infra/setting-fields.ts. */
export interface ImageUpdatesSettings {
  /**
   * Name or full ARN of the secret `{"web_api_key", "app_key"}`; it must exist before the stack.
   */
  readonly secretName: Settings['secretName'];
  /**
   * Key sets of single accounts: `finerworks/keys/{account}`, a secret for each, or the name or full ARN of one secret `{"ACCOUNT": {"web_api_key", "app_key"}}`. Accounts without a set of their own use the one of `secretName` (docs/logins.md).
   *
   * @default none
   */
  readonly keysByAccount?: Settings['keysByAccount'];
  /**
   * ARN of the KMS key that encrypts the secret, and those of `keysByAccount`, where it is one of your own.
   *
   * @default none
   */
  readonly secretKeyArn?: Settings['secretKeyArn'];
  /**
   * Address of the API; https only, since every call carries both keys.
   *
   * @default https://api.finerworks.com
   */
  readonly apiUrl?: Settings['apiUrl'];
  /**
   * Whether the function remembers what it sent, so that nothing old overwrites anything newer and nothing is sent twice.
   *
   * @default on
   */
  readonly ledger?: Settings['ledger'];
  /**
   * Days for which a confirmed value is not sent again; people may edit images at FinerWorks too.
   *
   * @default 90
   */
  readonly unchangedDays?: Settings['unchangedDays'];
  /**
   * Minutes that an event may be ahead of its sending; less than any error of time zone.
   *
   * @default 15
   */
  readonly clockAheadMinutes?: Settings['clockAheadMinutes'];
  /**
   * Years that an event’s time may be before its sending; what is older is a default that nobody set (0001, 1970, 2000).
   *
   * @default 20
   */
  readonly maxTimeAgeYears?: Settings['maxTimeAgeYears'];
  /**
   * `protect` makes a preflight before each call, and keeps images with virtual inventory products as they are; `remove` sends without a preflight, and their products are lost.
   *
   * @default protect
   */
  readonly virtualInventory?: Settings['virtualInventory'];
  /**
   * Which updates are read back after FinerWorks answered success: `sample` reads the first call of a sandbox, each of twice as many images as any before, one in twenty, and each one after something was not taken until ten have gone well; `all` reads every call, for as many calls of `list_images` again; `off` believes each answer (docs/ledger.md).
   *
   * @default sample
   */
  readonly verify?: Settings['verify'];
  /**
   * Whether a call also holds the field that no event asks for: `complete` sends it as the preflight shows it, because nobody knows whether FinerWorks keeps what is left out; `omit` leaves it out (docs/finerworks-api.md).
   *
   * @default complete
   */
  readonly omittedFields?: Settings['omittedFields'];
  /**
   * `session_id` of each `list_images`, 8 to 50 characters; `{account}` in it stands for the account key. FinerWorks’ own apps pass the account’s GUID; unless set it is the id of the invocation.
   *
   * @default none
   */
  readonly listSessionId?: Settings['listSessionId'];
  /**
   * `site_id` of each `list_images`; 2 unless FinerWorks told you otherwise.
   *
   * @default 2
   */
  readonly listSiteId?: Settings['listSiteId'];
  /**
   * Library that is listed: the one with the virtual inventory products.
   *
   * @default inventory
   */
  readonly listLibrary?: Settings['listLibrary'];
  /**
   * Images in one call; 50 is the ceiling of every sibling call that takes a list.
   *
   * @default 50
   */
  readonly maxImagesPerCall?: Settings['maxImagesPerCall'];
  /**
   * Bytes of one request body; nothing is documented, so well below common limits of servers.
   *
   * @default 1000000
   */
  readonly maxBytesPerCall?: Settings['maxBytesPerCall'];
  /**
   * Seconds to wait for an answer; clients of the API use 25, because slow answers are common.
   *
   * @default 25
   */
  readonly callTimeoutSeconds?: Settings['callTimeoutSeconds'];
  /**
   * Calls a second of the whole deployment; no limit unless set, because none is documented.
   *
   * @default none
   */
  readonly callsPerSecond?: Settings['callsPerSecond'];
  /**
   * Calls an invocation may spend on finding culprits; 99 find any culprits among 50 images.
   *
   * @default 100
   */
  readonly maxIsolationCalls?: Settings['maxIsolationCalls'];
  /**
   * Images refused alone, with nothing taken, from which on the cause is sought elsewhere.
   *
   * @default 5
   */
  readonly systemicRefusalImages?: Settings['systemicRefusalImages'];
  /**
   * Seconds after an event’s first sending until which an image that FinerWorks refuses may just have been uploaded: it is tried once more then, before its event is dead-lettered.
   *
   * @default 300
   */
  readonly newImageSeconds?: Settings['newImageSeconds'];
  /**
   * Longest title; no limit unless set, because reports contradict each other. Longer ones are rejected.
   *
   * @default none
   */
  readonly maxTitleLength?: Settings['maxTitleLength'];
  /**
   * Longest description; no limit unless set, as with the title.
   *
   * @default none
   */
  readonly maxDescriptionLength?: Settings['maxDescriptionLength'];
  /**
   * Seconds until the secret is read again; refused keys are read again at once anyway.
   *
   * @default 300
   */
  readonly keysCacheSeconds?: Settings['keysCacheSeconds'];
  /**
   * Records an invocation; ten full calls, so that at most one call an account is unfilled.
   *
   * @default 500
   */
  readonly batchSize?: Settings['batchSize'];
  /**
   * Seconds to fill a batch; fewer calls for a little delay.
   *
   * @default 5
   */
  readonly batchingWindowSeconds?: Settings['batchingWindowSeconds'];
  /**
   * Invocations at once, set on the event source; each with one update under way, and with `protect` one preflight beside it. 2 is the least that Lambda takes, and gentle on an API without documented limits.
   *
   * @default 2
   */
  readonly maxConcurrency?: Settings['maxConcurrency'];
  /**
   * Seconds an invocation may take; ten calls of 10 s each, and 20 s for dead letters.
   *
   * @default 120
   */
  readonly timeoutSeconds?: Settings['timeoutSeconds'];
  /**
   * Memory of the function; also its share of a processor, which the first, cold invocation needs.
   *
   * @default 512
   */
  readonly memoryMegabytes?: Settings['memoryMegabytes'];
  /**
   * Receives after which SQS moves a record; 1,000 is the most there is, so that `retryHours` decides.
   *
   * @default 1000
   */
  readonly maxReceiveCount?: Settings['maxReceiveCount'];
  /**
   * Hours after its first receive from which on a record that still fails is given up; an outage of a day, and a day to notice (docs/retries.md).
   *
   * @default 48
   */
  readonly retryHours?: Settings['retryHours'];
  /**
   * Longest wait that FinerWorks may ask for by `Retry-After`; longer ones are cut.
   *
   * @default 3600
   */
  readonly maxRetryAfterSeconds?: Settings['maxRetryAfterSeconds'];
  /**
   * Days that logs are kept; longer than dead letters (14 days) by far.
   *
   * @default 90
   */
  readonly logRetentionDays?: Settings['logRetentionDays'];
  /**
   * Other accounts that may send, by their 12 digits, with commas between.
   *
   * @default none
   */
  readonly senderAccounts?: Settings['senderAccounts'];
  /**
   * ARN of an SNS topic whose notifications go to the queue.
   *
   * @default none
   */
  readonly topicArn?: Settings['topicArn'];
  /**
   * Name or ARN of the EventBridge bus that `eventPattern` is for, `default` say.
   *
   * @default none
   */
  readonly eventBusName?: Settings['eventBusName'];
  /**
   * Which events of that bus go to the queue, as JSON: `{"source":["com.example.pim"]}`.
   *
   * @default none
   */
  readonly eventPattern?: Settings['eventPattern'];
  /**
   * Key of queues and alarm topics: `aws` is SQS’s own; `new` makes a customer-managed one, rotated each year; the ARN of a key takes yours, whose policy stays your own affair.
   *
   * @default aws
   */
  readonly queueKey?: Settings['queueKey'];
  /**
   * ARNs of keys that `queueKey` was before, with commas between: messages that were sent under them are still decrypted. Keep each for 21 days after the change, as long as a message can live (docs/runbook.md).
   *
   * @default none
   */
  readonly formerQueueKeys?: Settings['formerQueueKeys'];
  /**
   * How a new version of the function takes over: `gradual` gives it a tenth of the invocations for 15 minutes, and goes back where an alarm rings; `at-once` does not wait.
   *
   * @default gradual
   */
  readonly rollout?: Settings['rollout'];
  /**
   * Address for the alarms that should wake somebody; it must confirm a subscription.
   *
   * @default none
   */
  readonly pageEmail?: Settings['pageEmail'];
  /**
   * Address for the alarms that can wait until the morning; it must confirm a subscription.
   *
   * @default none
   */
  readonly ticketEmail?: Settings['ticketEmail'];
  /**
   * ARN of an SNS topic that is there already, for the alarms that should wake somebody: an incident tool’s, or a chat’s (docs/runbook.md). Its policy must let CloudWatch publish.
   *
   * @default none
   */
  readonly pageTopicArn?: Settings['pageTopicArn'];
  /**
   * The same for the alarms that can wait until the morning.
   *
   * @default none
   */
  readonly ticketTopicArn?: Settings['ticketTopicArn'];
  /**
   * Minutes that a message may wait before somebody is paged; twice the longest pause between two tries.
   *
   * @default 30
   */
  readonly oldestMessageMinutes?: Settings['oldestMessageMinutes'];
  /**
   * Minutes between two heartbeats, 5 to 60: messages that go the whole way to FinerWorks’ `list_images` and change nothing; an alarm rings where they are not answered. None unless set, since each costs an invocation and a call that nobody asked for; worth it where events are rare.
   *
   * @default none
   */
  readonly heartbeatMinutes?: Settings['heartbeatMinutes'];
  /**
   * Whether X-Ray traces invocations: how long each waited, started and ran. It costs by the trace, and calls of FinerWorks are in the log and the metrics anyway.
   *
   * @default off
   */
  readonly tracing?: Settings['tracing'];
  /**
   * Where the runbook is to be read; each alarm links its section there.
   *
   * @default https://github.com/finerworks-image-updates/finerworks-image-updates/blob/main/docs/runbook.md
   */
  readonly runbookUrl?: Settings['runbookUrl'];
  /**
   * Whether CloudFormation refuses to delete the stack, and DynamoDB the ledger’s table; `on` for production, once a first deployment has succeeded.
   *
   * @default off
   */
  readonly terminationProtection?: Settings['terminationProtection'];
  /**
   * Tags for all resources, `team=print,stage=live`; `application` is always there.
   *
   * @default none
   */
  readonly tags?: Settings['tags'];
}
