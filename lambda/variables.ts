/**
 * The variables of the function's environment, one a setting (config.ts). The stack and the local
 * system write them with `toEnvironment`; the function reads them with `readConfig`. Nobody else
 * names them.
 */
export const VARIABLES = {
  apiUrl: 'FINERWORKS_API_URL',
  secretId: 'FINERWORKS_SECRET_ID',
  keysByAccount: 'FINERWORKS_KEYS_BY_ACCOUNT',
  queueUrl: 'QUEUE_URL',
  deadLetterQueueUrl: 'DEAD_LETTER_QUEUE_URL',
  ledgerTable: 'LEDGER_TABLE',
  unchangedDays: 'UNCHANGED_DAYS',
  clockAheadMinutes: 'CLOCK_AHEAD_MINUTES',
  maxTimeAgeYears: 'MAX_TIME_AGE_YEARS',
  virtualInventory: 'VIRTUAL_INVENTORY',
  verify: 'VERIFY',
  omittedFields: 'OMITTED_FIELDS',
  listSessionId: 'LIST_SESSION_ID',
  listSiteId: 'LIST_SITE_ID',
  listLibrary: 'LIST_LIBRARY',
  maxReceiveCount: 'MAX_RECEIVE_COUNT',
  retryHours: 'RETRY_HOURS',
  retentionHours: 'RETENTION_HOURS',
  maxRetryAfterSeconds: 'MAX_RETRY_AFTER_SECONDS',
  maxConcurrency: 'MAX_CONCURRENCY',
  maxImagesPerCall: 'MAX_IMAGES_PER_CALL',
  maxBytesPerCall: 'MAX_BYTES_PER_CALL',
  callTimeoutSeconds: 'CALL_TIMEOUT_SECONDS',
  callsPerSecond: 'CALLS_PER_SECOND',
  maxIsolationCalls: 'MAX_ISOLATION_CALLS',
  systemicRefusalImages: 'SYSTEMIC_REFUSAL_IMAGES',
  newImageSeconds: 'NEW_IMAGE_SECONDS',
  keysCacheSeconds: 'KEYS_CACHE_SECONDS',
  maxTitleLength: 'MAX_TITLE_LENGTH',
  maxDescriptionLength: 'MAX_DESCRIPTION_LENGTH',
} as const;
