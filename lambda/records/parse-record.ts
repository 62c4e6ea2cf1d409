import type { SQSRecord } from 'aws-lambda';
import type { AllValues } from '../contract/fields.ts';
import type { ReadEvent } from '../contract/image-event.ts';
import { RejectedEvent } from '../contract/rejected-event.ts';
import { errorName } from '../general/error-name.ts';
import type { Change } from '../images/change.ts';
import type { Verdict } from '../verdicts/verdict.ts';
import { firstSendingOf, type Origin, orderOf, originOf } from './origin.ts';
import { unpacked } from './packed.ts';
import { refuseTimeAhead } from './time-ahead.ts';
import { refuseTimeTooOld } from './time-too-old.ts';

/**
 * A record and what it asks for. Identity is the object: SQS delivers at least once, so one messageId can
 * stand twice in one batch, and each of the two gets its own outcome.
 */
export interface ParsedRecord {
  readonly record: SQSRecord;
  readonly origin: Origin;
  /** Where the event says it comes from. */
  readonly source?: string | undefined;
  /** One for each guid; empty where the record is decided already. */
  readonly changes: readonly Change[];
  /** Set where it is decided already: rejected for its content, or returned because of a defect. */
  readonly verdict?: Verdict;
  /** Why its content was rejected; {@link explained} can say more. */
  readonly rejection?: RejectedEvent;
}

/** How records are read. */
export interface ParsingDependencies {
  readonly readEvent: ReadEvent;
  readonly limits: {
    /** How much later than its sending an event's time may be. */
    readonly clockAheadMinutes: number;
    /** How much earlier than its sending an event's time may be. */
    readonly maxTimeAgeYears: number;
  };
}

/** Says more about a rejection than the reader of the event does. */
export type Explain = (rejection: RejectedEvent) => Promise<string>;

/** Reads one record. Never throws: a defect in reading one record must not touch its neighbours. */
export function parseRecord(
  record: SQSRecord,
  { readEvent, limits }: ParsingDependencies,
): ParsedRecord {
  let origin: Origin | undefined;
  try {
    origin = originOf(record);
    const { body, messageAttributes } = unpacked(record);
    const event = readEvent(body, messageAttributes);
    const { account, force, removeVirtualInventory, source } = event;
    const { messageId, sentTimestamp } = origin;
    const order = orderOf(origin, event);
    refuseTimeAhead(order, limits.clockAheadMinutes);
    refuseTimeTooOld(order, limits.maxTimeAgeYears);
    return {
      record,
      origin: { messageId, sentTimestamp, time: order.time, id: origin.id ?? event.id ?? null },
      source,
      changes: event.images.map(({ guid, title, description }): Change & AllValues => ({
        guid,
        title,
        description,
        account,
        order,
        force,
        removeVirtualInventory,
        messageId,
      })),
    };
  } catch (error) {
    return {
      record,
      origin: origin ?? firstSendingOf(record),
      changes: [],
      verdict: verdictOf(error),
      ...(error instanceof RejectedEvent && { rejection: error }),
    };
  }
}

/**
 * Adds more words to the verdicts of rejected records. Never throws: where nothing can be added, a record
 * keeps the words that it has.
 */
export async function explained(
  parsedRecords: readonly ParsedRecord[],
  explain: Explain,
): Promise<readonly ParsedRecord[]> {
  if (!parsedRecords.some(({ rejection }) => rejection !== undefined)) return parsedRecords;
  return Promise.all(
    parsedRecords.map(async ({ rejection, ...parsed }) => {
      if (rejection === undefined) return parsed;
      const detail = await explain(rejection).catch(() => rejection.message);
      return { ...parsed, verdict: { kind: 'rejected', reason: rejection.reason, detail } };
    }),
  );
}

/** A record that is not read, with its verdict. */
export function unparsedRecord(record: SQSRecord, verdict: Verdict): ParsedRecord {
  return { record, origin: originOrFirstSending(record), changes: [], verdict };
}

function originOrFirstSending(record: SQSRecord): Origin {
  try {
    return originOf(record);
  } catch {
    return firstSendingOf(record);
  }
}

/** How often the record was received, this time included. */
export function receivesOf(record: SQSRecord): number {
  return Number(record.attributes.ApproximateReceiveCount);
}

function verdictOf(error: unknown): Verdict {
  if (error instanceof RejectedEvent) {
    return { kind: 'rejected', reason: error.reason, detail: error.message };
  }
  const name = errorName(error);
  return { kind: 'retry', reason: 'Unexpected', detail: `reading the record failed: ${name}` };
}
