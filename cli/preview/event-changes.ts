import type { Config } from '../../lambda/config.ts';
import type { ReadEvent } from '../../lambda/contract/image-event.ts';
import { RejectedEvent } from '../../lambda/contract/rejected-event.ts';
import type { Change } from '../../lambda/images/change.ts';
import type { Order } from '../../lambda/images/order.ts';
import { orderOf } from '../../lambda/records/origin.ts';
import { refuseTimeAhead } from '../../lambda/records/time-ahead.ts';
import { refuseTimeTooOld } from '../../lambda/records/time-too-old.ts';
import { timeOf } from '../events/edit.ts';
import { idOf, type Stamp } from '../events/stamp.ts';
import { checkedEvents, isFault, type ValidEvent } from '../files/checked-events.ts';
import { type EventFile, readEntries } from '../files/event-file.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** A file of events, and the run that sends them or would send them. */
export interface Source {
  readonly file: EventFile;
  readonly run: Pick<Stamp, 'run' | 'startedAt'>;
  /** Whether an earlier run has sent the event at a position, counted from 0. */
  readonly isSent: (position: number) => boolean;
}

/** How sources are read. */
export interface SourceReading {
  readonly sources: readonly Source[];
  readonly readEvent: ReadEvent;
  readonly terminal: Terminal;
  readonly settings: Pick<Config, 'clockAheadMinutes' | 'maxTimeAgeYears'>;
  /** When the events would be sent, in milliseconds since 1970. */
  readonly sentAt: number;
  /** Whether they would be sent with `--force`. */
  readonly isForced: boolean;
}

/** What one event asks for. */
export interface EventChanges {
  readonly source: Source;
  readonly line: number;
  /** Among the valid events of all sources, counted from 0. */
  readonly at: number;
  readonly isSent: boolean;
  /** One a guid; none where the function would reject the event for its time. */
  readonly changes: readonly Change[];
  readonly rejection: RejectedEvent | undefined;
}

/** Reads the valid events of all sources in their order, as the function would get them. */
export async function* eventChangesIn(reading: SourceReading): AsyncGenerator<EventChanges> {
  let at = 0;
  for (const source of reading.sources) {
    const entries = readEntries(source.file, reading.terminal.stdin);
    let position = 0;
    for await (const batch of checkedEvents(entries, reading.readEvent)) {
      for (const checked of batch) {
        if (isFault(checked)) continue;
        const isSent = source.isSent(position);
        const { line } = checked;
        yield { source, line, at, isSent, ...changesOf(checked, position, source, reading) };
        position += 1;
        at += 1;
      }
    }
  }
}

function changesOf(
  { event }: ValidEvent,
  position: number,
  { run: { run, startedAt } }: Source,
  { settings, sentAt, isForced }: SourceReading,
): Pick<EventChanges, 'changes' | 'rejection'> {
  const messageId = idOf(run, position);
  const origin = { messageId, sentTimestamp: sentAt, time: null, id: null };
  const order = orderOf(origin, { time: event.time ?? timeOf(startedAt, position), id: event.id });
  const rejection = rejectionOf(order, settings);
  if (rejection !== undefined) return { changes: [], rejection };
  const { account, removeVirtualInventory } = event;
  const force = isForced || event.force;
  const common = { account, order, messageId, force, removeVirtualInventory };
  return { changes: event.images.map((image) => ({ ...image, ...common })), rejection };
}

function rejectionOf(
  order: Order,
  { clockAheadMinutes, maxTimeAgeYears }: SourceReading['settings'],
): RejectedEvent | undefined {
  try {
    refuseTimeAhead(order, clockAheadMinutes);
    refuseTimeTooOld(order, maxTimeAgeYears);
    return undefined;
  } catch (error) {
    if (error instanceof RejectedEvent) return error;
    throw error;
  }
}
