import type { ImageEvent, ReadEvent } from '../../lambda/contract/image-event.ts';
import { RejectedEvent } from '../../lambda/contract/rejected-event.ts';
import { toSqsText } from '../../lambda/queue/sqs-text.ts';
import type { Rejection } from '../../lambda/verdicts/reasons.ts';
import { type Entry, MAX_EVENT_BYTES, MalformedFile } from './entry.ts';
import { foreignShape } from './foreign-shapes.ts';

/** A valid event. */
export interface ValidEvent {
  readonly line: number;
  readonly text: string;
  readonly event: ImageEvent;
}

/** What is wrong at a line of a file, in the words of the dead letters where there are any. */
export interface FileFault {
  readonly line: number;
  readonly reason: Rejection | 'MalformedFile' | 'MalformedRow' | 'TooLarge';
  readonly detail: string;
}

/**
 * The events of a file, some at a time, each checked as the function would. Where the first is known to be
 * something else, all are: that is reported, and the rest is not read.
 */
export async function* checkedEvents(
  batches: AsyncIterable<readonly Entry[]>,
  readEvent: ReadEvent,
): AsyncGenerator<(ValidEvent | FileFault)[]> {
  let isBegun = false;
  try {
    for await (const entries of batches) {
      const [first] = entries;
      const checked = entries.map((entry) => check(entry, readEvent));
      if (!isBegun && first !== undefined) refuseForeign(first, checked[0]);
      isBegun ||= first !== undefined;
      yield checked;
    }
  } catch (error) {
    if (!(error instanceof MalformedFile)) throw error;
    yield [{ line: error.line, reason: 'MalformedFile', detail: error.message }];
  }
}

export function isFault(checked: ValidEvent | FileFault): checked is FileFault {
  return 'reason' in checked;
}

/** @throws {MalformedFile} where an event is none, and known as something else */
function refuseForeign(entry: Entry, checked: ValidEvent | FileFault | undefined): void {
  if (!('text' in entry) || checked === undefined || !isFault(checked)) return;
  const shape = foreignShape(entry.text);
  if (shape !== undefined) throw new MalformedFile(entry.line, shape);
}

function check(entry: Entry, readEvent: ReadEvent): ValidEvent | FileFault {
  const { line } = entry;
  if ('fault' in entry) return { line, reason: 'MalformedRow', detail: entry.fault };
  if (bytesAtSqs(entry.text) > MAX_EVENT_BYTES) {
    return { line, reason: 'TooLarge', detail: 'larger than the 1 MiB that SQS takes' };
  }
  try {
    return { line, text: entry.text, event: readEvent(entry.text) };
  } catch (error) {
    if (!(error instanceof RejectedEvent)) throw error;
    return { line, reason: error.reason, detail: error.message };
  }
}

/** Two characters are sent as escapes of twice their size, which matters to large events only. */
function bytesAtSqs(text: string): number {
  const bytes = Buffer.byteLength(text);
  return bytes <= MAX_EVENT_BYTES / 2 ? bytes : Buffer.byteLength(toSqsText(text));
}
