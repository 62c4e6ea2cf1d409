import { momentOf } from '../terminal/moment.ts';
import { type DeadLetter, originOf } from './dead-letter.ts';

/** How a letter came to be dead, for people: name and value, undefined where that is not known. */
export function deathOf(letter: DeadLetter) {
  const { failure } = letter;
  const { sentTimestamp, messageId } = originOf(letter);
  return [
    ['last reason', failure?.lastReason],
    ['died', failure?.time],
    ['attempts', failure?.attempts],
    ['request', failure?.requestId],
    ['first sent', `${momentOf(sentTimestamp)} as ${messageId}`],
  ] as const;
}
