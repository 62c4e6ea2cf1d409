import type { Invocation } from '../aws/invocation.ts';
import type { CallRecord } from '../finerworks/call-record.ts';
import type { Settings } from '../scenario.ts';
import type { Report } from './violation.ts';

/** Documented in docs/retries.md. */
const MOST_ATTEMPTS = 3;
const FAILURES_TO_BREAK = 5;
/** Kept free at the end: 20 s, or a quarter of the time where that is less. */
const RESERVED = 20_000;
/** `Retry-After` counts whole seconds, and a date may have lost up to one. */
const DATE_TOLERANCE = 1_000;

/** Checks how often, how long and how hard one invocation tried. */
export function checkPatience(invocation: Invocation, settings: Settings, report: Report): void {
  const { name, calls } = invocation;
  const sent = new Set<string>();
  let before: CallRecord | undefined;
  let isolationCalls = 0;
  let attempts = 0;
  let failuresInRow = 0;
  let isResetForgiven = false;
  for (const record of calls) {
    if (failuresInRow >= FAILURES_TO_BREAK) report('BreakerIgnored', `${name} at ${record.at}`);
    const isRepeated =
      before?.call.text === record.call.text &&
      (before.meaning === 'transient' || before.meaning === 'badKeys');
    const pairs = record.call.images.map(({ guid }) => `${record.call.account} ${guid}`);
    if (!isRepeated) {
      attempts = 0;
      isResetForgiven = false;
      // Only a search sends nothing but what was sent before.
      if (pairs.every((pair) => sent.has(pair))) isolationCalls += 1;
    } else if (before !== undefined) checkRetryAfter(before, record, name, report);
    for (const pair of pairs) sent.add(pair);
    const isForgiven = record.isReset === true && !isResetForgiven;
    if (isForgiven) isResetForgiven = true;
    if (record.meaning === 'transient' && !isForgiven) {
      failuresInRow += 1;
      attempts += 1;
      if (attempts > MOST_ATTEMPTS) report('TooManyAttempts', `${name}: ${record.call.text}`);
    } else if (record.meaning === 'applied' || record.meaning === 'refused') failuresInRow = 0;
    before = record;
  }
  if (isolationCalls > settings.maxIsolationCalls) {
    report('OverBudget', `${name}: ${isolationCalls} of ${settings.maxIsolationCalls}`);
  }
  checkDeadline(invocation, settings, report);
  checkKeys(invocation, report);
}

function checkRetryAfter(before: CallRecord, record: CallRecord, name: string, report: Report) {
  const { retryAfter } = before;
  if (retryAfter === undefined) return;
  // FinerWorks reckons a date from when the call came.
  const waited = record.at - before.at;
  if (waited < retryAfter - DATE_TOLERANCE) {
    report('RetryAfterIgnored', `${name}: ${waited} ms instead of ${retryAfter} ms`);
  }
}

function checkDeadline(invocation: Invocation, settings: Settings, report: Report): void {
  const { name, calls, flowStartedAt, endsAt } = invocation;
  if (flowStartedAt === undefined) return;
  const deadline = endsAt - Math.min(RESERVED, (endsAt - flowStartedAt) / 4);
  for (const { at } of calls) {
    const finishes = at + settings.callTimeoutSeconds * 1_000;
    // Sums of fractions of milliseconds differ in their last bits.
    if (finishes > deadline + 1) {
      report('TooLateToFinish', `${name}: ${Math.round(finishes - deadline)} ms too late`);
    }
  }
}

/** Rotation costs one failed call and one reading; a reading that brought new keys one more call. */
function checkKeys({ name, calls, keyReadings }: Invocation, report: Report): void {
  const refused = calls.filter(({ meaning }) => meaning === 'badKeys');
  const reloads = keyReadings.filter(({ isReload }) => isReload);
  const used = new Set(calls.map(({ keys }) => keys.app_key));
  if (refused.length > used.size || reloads.length > 1 || keyReadings.length > 2) {
    report('KeysHammered', `${name}: ${refused.length} calls, ${keyReadings.length} readings`);
  }
}
