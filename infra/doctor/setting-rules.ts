import { DEFAULT_LIBRARY } from '../../lambda/finerworks/list-settings.ts';
import { MAX_PAYLOAD, MEBIBYTE } from './payload.ts';
import { receivesWithin } from './receives.ts';
import type { Rule } from './rule.ts';

/** A record of the smallest event: 80 of body, about 820 of receipt handle, ids and attributes. */
const MIN_RECORD_BYTES = 900;
/** Messages of a standard queue that may be in flight; hidden ones count (AWS: SQS quotas). */
const IN_FLIGHT = 120_000;
const DEAD_LETTER_DAYS = 14;
/** An outage that events should outlast without help; in hours. */
const OUTAGE_HOURS = 24;
const CEILING_OF_SIBLINGS = 50;
/** (AWS: SQS, redrive policy) */
const MAX_RECEIVES = 1_000;
/** For each failed receive one more, in which the record was not tried. */
const SPARE_RECEIVES = 2;

/** The traps of single settings and of pairs of them. */
export const SETTING_RULES: readonly Rule[] = [
  {
    name: 'window',
    setting: 'batchingWindowSeconds',
    level: 'refuse',
    check: ({ batchSize, batchingWindowSeconds }) =>
      batchSize > 10 && batchingWindowSeconds < 1
        ? 'must be at least 1 where batchSize is above 10 (AWS: Lambda with SQS, configuring)'
        : undefined,
  },
  {
    name: 'loopback',
    setting: 'apiUrl',
    level: 'warn',
    check: ({ apiUrl }) =>
      apiUrl.startsWith('http:')
        ? 'is on the machine that calls it, and inside Lambda nothing listens there: good for emulators only'
        : undefined,
  },
  {
    name: 'virtual-inventory',
    setting: 'virtualInventory',
    level: 'warn',
    check: ({ virtualInventory }) =>
      virtualInventory === 'remove'
        ? 'is remove: every update of an image in the inventory library removes its virtual inventory products, which shops sell; protect is the default'
        : undefined,
  },
  {
    name: 'list-library',
    setting: 'listLibrary',
    level: 'warn',
    check: ({ listLibrary, virtualInventory }) =>
      listLibrary !== DEFAULT_LIBRARY && virtualInventory === 'protect'
        ? `is not ${DEFAULT_LIBRARY}, the library whose images have virtual inventory products: where it does not show them they are lost`
        : undefined,
  },
  {
    name: 'outage',
    setting: 'retryHours',
    level: 'warn',
    check: ({ retryHours }) =>
      retryHours < OUTAGE_HOURS
        ? `gives up after ${retryHours} hours, so that a longer outage dead-letters everything: ${OUTAGE_HOURS} outlast a day`
        : undefined,
  },
  {
    name: 'receives',
    setting: 'maxReceiveCount',
    level: 'warn',
    check: ({ maxReceiveCount, retryHours }) => {
      const { most } = receivesWithin(retryHours);
      return maxReceiveCount < Math.min(MAX_RECEIVES, SPARE_RECEIVES * most)
        ? `may end before retryHours=${retryHours}: a record that fails is received up to ${most} times until then, and one that is not tried comes back within seconds each time: ${MAX_RECEIVES} is the most there is`
        : undefined;
    },
  },
  {
    name: 'payload',
    setting: 'batchSize',
    level: 'warn',
    check: ({ batchSize }) => {
      const most = Math.floor((MAX_PAYLOAD * MEBIBYTE) / MIN_RECORD_BYTES / 100) * 100;
      return batchSize > most
        ? `is never reached: ${MAX_PAYLOAD} MB of payload hold about ${most} of the smallest events, fewer of others`
        : undefined;
    },
  },
  {
    name: 'in-flight',
    setting: 'maxConcurrency',
    level: 'warn',
    check: ({ batchSize, maxConcurrency }) =>
      batchSize * maxConcurrency > IN_FLIGHT
        ? `times batchSize is above ${IN_FLIGHT}, the most messages that SQS lets be in flight: lower one of them`
        : undefined,
  },
  {
    name: 'culprits',
    setting: 'maxIsolationCalls',
    level: 'warn',
    check: ({ maxImagesPerCall, maxIsolationCalls }) => {
      const needed = 2 * maxImagesPerCall - 1;
      return maxIsolationCalls < needed
        ? `does not find every bad image of one full call in one invocation: that takes ${needed}`
        : undefined;
    },
  },
  {
    name: 'call-size',
    setting: 'maxImagesPerCall',
    level: 'warn',
    check: ({ maxImagesPerCall }) =>
      maxImagesPerCall > CEILING_OF_SIBLINGS
        ? `is above ${CEILING_OF_SIBLINGS}, the ceiling of FinerWorks’ other calls that take a list: try it with a few calls first`
        : undefined,
  },
  {
    name: 'log-retention',
    setting: 'logRetentionDays',
    level: 'warn',
    check: ({ logRetentionDays }) =>
      logRetentionDays < DEAD_LETTER_DAYS
        ? `is shorter than dead letters live: keep logs for ${DEAD_LETTER_DAYS} days at least, so that each can be looked up`
        : undefined,
  },
];
