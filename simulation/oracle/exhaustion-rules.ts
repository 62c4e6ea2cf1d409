import type { Invocation } from '../aws/invocation.ts';
import type { ProducedEvent } from '../producer/event.ts';
import type { Settings } from '../scenario.ts';
import type { Failure } from './dead-letter-rules.ts';
import type { Rule } from './violation.ts';

/** With so many receives it is age that ends a record's retries (docs/retries.md). */
const RECEIVES_FOR_AN_OUTAGE = 1_000;
const HOUR = 3_600_000;
/** The longest pause between two receives that FinerWorks did not ask for, in milliseconds. */
const LONGEST_PAUSE = 900_000;
/** Reserved before the queue drops a message, for busy pollers. */
const RESERVE = HOUR;
/** Timestamps of SQS are whole milliseconds. */
const CLOCK_TOLERANCE = 1_000;
/** A record is taken for one that kills the process after so many deaths. */
const DEATHS_OF_A_KILLER = 4;

/** A record that was given up, and what is known of it. */
export interface GivenUp {
  readonly event: ProducedEvent;
  readonly failure: Failure;
  readonly invocation: Invocation;
  readonly settings: Settings;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** How many invocations that held it died, or could not note that they did not. */
  readonly deaths: number;
}

/** Whether a record's retries had to end: by receives, by age, or by deaths. */
export function violatedByGivingUp(givenUp: GivenUp): Rule | undefined {
  const { failure, deaths, settings, event, invocation } = givenUp;
  if (failure.lastReason === 'Crashed') {
    return deaths >= DEATHS_OF_A_KILLER ? undefined : 'ExhaustedEarly';
  }
  if (isOld(givenUp)) return undefined;
  const receives = invocation.records
    .filter(({ message }) => message.event === event)
    .map((record) => record.receives);
  if (Math.max(...receives) < settings.maxReceiveCount) return 'ExhaustedEarly';
  return settings.maxReceiveCount >= RECEIVES_FOR_AN_OUTAGE ? 'OutageExhausted' : undefined;
}

/** Tried for as long as it may be, or about to outlive the queue's retention. */
export function isOld({
  event,
  invocation,
  settings,
  now,
}: Omit<GivenUp, 'failure' | 'deaths'>): boolean {
  const { retryHours, retentionHours, maxRetryAfterSeconds, timeoutSeconds } = settings;
  const round = Math.max(LONGEST_PAUSE, maxRetryAfterSeconds * 1_000) + timeoutSeconds * 1_000;
  return invocation.records
    .filter(({ message }) => message.event === event)
    .some(
      ({ firstReceivedAt, message }) =>
        now - firstReceivedAt >= retryHours * HOUR - CLOCK_TOLERANCE ||
        message.sentAt + retentionHours * HOUR - now <= 2 * round + RESERVE,
    );
}
