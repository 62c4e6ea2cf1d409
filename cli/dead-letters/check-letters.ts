import { createHash } from 'node:crypto';
import { RejectedEvent } from '../../lambda/contract/rejected-event.ts';
import type { FileFault, ValidEvent } from '../files/checked-events.ts';
import type { FileCheck } from '../files/file-check.ts';
import { TextSurvey } from '../files/text-survey.ts';
import type { LimitOptions } from '../options/limit-options.ts';
import { ReadingLimits, readerAsFunction } from './as-function.ts';
import { edited } from './edited.ts';
import { type FiledLetter, filedLetters } from './letter-file.ts';
import { redriven } from './redriven-message.ts';

/**
 * Checks a file of dead letters, edited or not, as `dlq redrive --file` would send them.
 *
 * @param onFault called with each letter that must die again
 * @param onValid called with each of the others
 * @throws {UsageError} where it can't be read
 */
export async function checkLetters(
  path: string,
  limits: LimitOptions,
  onFault: (fault: FileFault) => void,
  onValid: (event: ValidEvent) => void,
): Promise<FileCheck> {
  const check = letterChecker(limits);
  const survey = new TextSurvey();
  const hash = createHash('sha256');
  let [events, faults, edits] = [0, 0, 0];
  for await (const one of filedLetters(path, (text) => hash.update(text))) {
    events += 1;
    if ('letter' in one && one.isEdited) edits += 1;
    const checked: ValidEvent | FileFault =
      'letter' in one ? check(one) : { line: one.line, reason: 'MalformedFile', detail: one.fault };
    if ('reason' in checked) {
      faults += 1;
      onFault(checked);
    } else {
      survey.add(checked.event);
      onValid(checked);
    }
  }
  const { cleared, noValues } = survey;
  const notes = [`dead letters, ${edits} of them edited; dlq redrive --file sends them`];
  return { file: path, events, faults, cleared, noValues, notes, sha256: hash.digest('hex') };
}

function letterChecker(limits: LimitOptions): (filed: FiledLetter) => ValidEvent | FileFault {
  const reading = ReadingLimits.parse(limits);
  const readAsFunction = readerAsFunction(reading);
  return ({ line, letter, text, isEdited }) => {
    try {
      const message = isEdited
        ? edited(letter, text, { limits, now: Date.now() })
        : redriven(letter);
      const read = readAsFunction(message);
      return 'event' in read ? { line, text, event: read.event } : { line, ...read };
    } catch (error) {
      if (!(error instanceof RejectedEvent)) throw error;
      return { line, reason: error.reason, detail: error.message };
    }
  };
}
