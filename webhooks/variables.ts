/** The variables of a door's environment, one for each setting (door-config.ts). */
export const DOOR_VARIABLES = {
  source: 'WEBHOOK_SOURCE',
  secretId: 'WEBHOOK_SECRET_ID',
  queueUrl: 'QUEUE_URL',
  undeliveredUrl: 'WEBHOOKS_UNDELIVERED_URL',
  fields: 'WEBHOOK_FIELDS',
  keysCacheSeconds: 'KEYS_CACHE_SECONDS',
  maxTitleLength: 'MAX_TITLE_LENGTH',
  maxDescriptionLength: 'MAX_DESCRIPTION_LENGTH',
} as const;
