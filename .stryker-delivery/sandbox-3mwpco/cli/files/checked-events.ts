// @ts-nocheck
import type { ImageEvent, ReadEvent } from '../../lambda/contract/image-event.ts';
import { RejectedEvent } from '../../lambda/contract/rejected-event.ts';
import type { Rejection } from '../../lambda/reasons.ts';
import { type Entry, MAX_EVENT_BYTES, MalformedFile } from './entry.ts';

/** An event that keeps the contract. */
export interface ValidEvent {
  readonly line: number;
  readonly text: string;
  readonly event: ImageEvent;
}

/** What is wrong at a line of a file: in the words of the dead letters, as far as they go. */
export interface FileFault {
  readonly line: number;
  readonly reason: Rejection | 'MalformedFile' | 'MalformedRow' | 'TooLarge';
  readonly detail: string;
}

/** The events of a file, some at a time, each checked as the function would. */
export async function* checkedEvents(
  batches: AsyncIterable<readonly Entry[]>,
  readEvent: ReadEvent,
): AsyncGenerator<(ValidEvent | FileFault)[]> {
  try {
    for await (const entries of batches) yield entries.map((entry) => check(entry, readEvent));
  } catch (error) {
    if (!(error instanceof MalformedFile)) throw error;
    yield [{ line: error.line, reason: 'MalformedFile', detail: error.message }];
  }
}

export function isFault(checked: ValidEvent | FileFault): checked is FileFault {
  return 'reason' in checked;
}

function check(entry: Entry, readEvent: ReadEvent): ValidEvent | FileFault {
  const { line } = entry;
  if ('fault' in entry) return { line, reason: 'MalformedRow', detail: entry.fault };
  if (Buffer.byteLength(entry.text) > MAX_EVENT_BYTES) {
    return { line, reason: 'TooLarge', detail: 'larger than the 1 MiB that SQS takes' };
  }
  try {
    return { line, text: entry.text, event: readEvent(entry.text) };
  } catch (error) {
    if (!(error instanceof RejectedEvent)) throw error;
    return { line, reason: error.reason, detail: error.message };
  }
}
