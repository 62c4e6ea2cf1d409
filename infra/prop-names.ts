import { SharedFields } from './setting-fields.ts';

/** The settings that are properties of the construct too. */
export const SHARED_SETTINGS: readonly string[] = SharedFields.keyof().options;

/** The unit that a setting's name ends with; its property is a `Duration`. */
const UNIT = /(Seconds|Minutes|Hours|Days)$/;

const SECONDS = new Map<string | undefined, number>([
  ['Seconds', 1],
  ['Minutes', 60],
  ['Hours', 3_600],
  ['Days', 86_400],
]);

/** Where the name without its unit says too little, or CDK has a name for it already. */
const RENAMED: Readonly<Record<string, string>> = {
  batchingWindowSeconds: 'maxBatchingWindow',
  eventBusName: 'eventRule',
  memoryMegabytes: 'memorySize',
  queueKey: 'encryptionKey',
  secretKeyArn: 'secretEncryptionKey',
  secretName: 'secret',
  pageTopicArn: 'pageTopic',
  ticketTopicArn: 'ticketTopic',
  newImageSeconds: 'newImagePeriod',
  oldestMessageMinutes: 'oldestMessageAge',
  formerQueueKeys: 'formerEncryptionKeys',
  retryHours: 'retryFor',
  topicArn: 'topic',
  trailDays: 'trailRetention',
  webhookSecretName: 'webhookSecret',
  unchangedDays: 'unchangedFor',
};

const NAMES = new RegExp(`\\b(${[...SHARED_SETTINGS, ...Object.keys(RENAMED)].join('|')})\\b`, 'g');

/** The construct's property for a setting. */
export function propOf(setting: string): string {
  return RENAMED[setting] ?? setting.replace(UNIT, '');
}

/**
 * The seconds that one of a setting is, where its property is a `Duration`; undefined where it is none. Days
 * of logs are none: CloudWatch takes certain numbers only, which CDK has names for.
 */
export function secondsOfUnit(setting: string): number | undefined {
  const unit = setting === 'logRetentionDays' ? undefined : UNIT.exec(setting)?.[0];
  return SECONDS.get(unit);
}

/** `hours` of `retryHours`; undefined where the name ends with no unit. */
export function unitOf(setting: string): string | undefined {
  return UNIT.exec(setting)?.[0].toLowerCase();
}

/** A text that names settings, for people who gave properties. */
export function inProps(text: string): string {
  return text.replaceAll(NAMES, propOf);
}
