import type { ValidEvent } from '../files/checked-events.ts';
import { timeOf, withBody, withTime } from './edit.ts';

/** What a run gives to the events of a file. */
export interface Stamp {
  /** A UUID. */
  readonly run: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly force: boolean;
}

/** Of the positions in a file. */
const DIGITS = 9;

/** The id of an event without one. Ids decide as texts where times are the same, so line 10 comes after line 9. */
export function idOf(run: string, position: number): string {
  return `${run}/${String(position).padStart(DIGITS, '0')}`;
}

/**
 * The body of an event as it is sent. An event with an id and a time is sent as it is. Another gets those
 * of the run, so that a resumed run, or a batch that is sent again, sends the same event, and a later
 * line is newer than an earlier one.
 */
export function stamped({ text, event }: ValidEvent, position: number, stamp: Stamp): string {
  const { run, startedAt, force } = stamp;
  const id = idOf(run, position);
  const named = event.id === undefined ? withBody(text, (body) => ({ id, ...body })) : text;
  const timed = event.time === undefined ? withTime(named, timeOf(startedAt, position)) : named;
  return force ? withBody(timed, (body) => ({ ...body, force: true })) : timed;
}
