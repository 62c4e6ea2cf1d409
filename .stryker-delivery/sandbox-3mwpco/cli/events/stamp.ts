// @ts-nocheck
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

/**
 * The body of an event as it is sent. An event that says its id and time is sent as it stands;
 * another gets the run's, so that a resumed run, and a batch that is sent again because nobody
 * knows whether it arrived, send the very same event, and a later line is newer than an earlier.
 */
export function stamped({ text, event }: ValidEvent, position: number, stamp: Stamp): string {
  const { run, startedAt, force } = stamp;
  const id = `${run}/${position}`;
  const named = event.id === undefined ? withBody(text, (body) => ({ id, ...body })) : text;
  const timed = event.time === undefined ? withTime(named, timeOf(startedAt, position)) : named;
  return force ? withBody(timed, (body) => ({ ...body, force: true })) : timed;
}
