import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import type { ReadEvent } from '../../lambda/contract/image-event.ts';
import { startProgress } from '../terminal/progress.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { checkedEvents, type FileFault, isFault, type ValidEvent } from './checked-events.ts';
import { type EventFile, readEntries } from './event-file.ts';
import { type Cleared, TextSurvey } from './text-survey.ts';

/** What a file holds. */
export interface FileCheck {
  readonly file: string;
  readonly events: number;
  readonly faults: number;
  /** Texts that valid events clear. */
  readonly cleared: Cleared;
  /** Texts that read as if there were no value, `NULL` say, and how often. */
  readonly noValues: Readonly<Record<string, number>>;
  /** Remarks on the file as a whole. */
  readonly notes: readonly string[];
  /** Of the whole content, in hexadecimal. */
  readonly sha256: string;
}

/**
 * Checks every event of a file, as the function would.
 *
 * @param onFault called with each wrong event
 * @param onValid called with each valid event
 * @throws {UsageError} where it can't be read
 */
export async function checkFile(
  file: EventFile,
  readEvent: ReadEvent,
  terminal: Terminal,
  onFault: (fault: FileFault) => void,
  onValid?: (event: ValidEvent) => void,
): Promise<FileCheck> {
  const hash = createHash('sha256');
  const bar = startProgress(terminal, sizeOf(file), `Reading ${file.name}`);
  let events = 0;
  let faults = 0;
  const survey = new TextSurvey();
  const notes: string[] = [];
  const entries = readEntries(file, terminal.stdin, {
    onChunk: (bytes) => {
      hash.update(bytes);
      bar.advance(bytes.byteLength, `${file.name}: ${events} events`);
    },
    onNote: (note) => notes.push(note),
  });
  for await (const batch of checkedEvents(entries, readEvent)) {
    for (const checked of batch) {
      if (!isFault(checked) || checked.reason !== 'MalformedFile') events += 1;
      if (!isFault(checked)) {
        survey.add(checked.event);
        onValid?.(checked);
        continue;
      }
      faults += 1;
      onFault(checked);
    }
  }
  bar.stop(`${file.name}: ${events} events read`);
  if (events === 0 && faults === 0) {
    faults += 1;
    onFault({ line: 1, reason: 'MalformedFile', detail: 'no event in it' });
  }
  const { cleared, noValues } = survey;
  const sha256 = hash.digest('hex');
  return { file: file.name, events, faults, cleared, noValues, notes, sha256 };
}

/** For the bar only: 0 where it is unknown. */
function sizeOf({ name }: EventFile): number {
  return name === '-' ? 0 : (statSync(name, { throwIfNoEntry: false })?.size ?? 0);
}
