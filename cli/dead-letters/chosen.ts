import { REJECTIONS, RETRIES } from '../../lambda/verdicts/reasons.ts';
import { UsageError } from '../errors.ts';
import { plural } from '../terminal/plural.ts';
import { NO_REASON, originOf } from './dead-letter.ts';
import { type DeadLetterFilter, isFiltered, matches, reasonsOf, unknownReasons } from './filter.ts';
import { countsOf } from './groups.ts';
import type { Coverage, DeadLetterReader } from './reader.ts';
import { renderCoverage } from './summary.ts';

/** Shorter beginnings of ids are too easily those of a letter that was not seen. */
const MIN_PREFIX = 4;

/** Letters that are named where an id could be several. */
const MAX_NAMED = 5;

/** A letter without its content, which can be 1 MiB. */
interface Seen {
  readonly messageId: string;
  readonly originMessageId: string;
  readonly reason: string;
  readonly isMatching: boolean;
}

/** The letters that a command is about, as they were counted. */
export interface Chosen {
  readonly messageIds: ReadonlySet<string>;
  /** The largest first. */
  readonly byReason: Readonly<Record<string, number>>;
}

/** Which letters are meant: by a filter, by ids or beginnings of ids, or by both. */
export interface Choice extends DeadLetterFilter {
  readonly ids?: readonly string[] | undefined;
}

/** Whether a command names no letters, and so is about all of them. */
export function isAboutAll(choice: Choice): boolean {
  return !isFiltered(choice) && (choice.ids ?? []).length === 0;
}

/**
 * Reads the queue and counts the letters that are meant. They are released again.
 *
 * @throws {UsageError} where an id is of no letter or could be of several, or a reason is of none
 */
export async function choose(opened: DeadLetterReader, choice: Choice): Promise<Chosen> {
  await using reader = opened;
  const seen: Seen[] = [];
  const reasons = new Set<string>();
  for await (const letters of reader.letters()) {
    for (const letter of letters) {
      for (const reason of reasonsOf(letter)) reasons.add(reason);
      const { messageId, reason } = letter;
      const originMessageId = originOf(letter).messageId;
      seen.push({ messageId, originMessageId, reason, isMatching: matches(letter, choice) });
    }
  }
  refuseUnknownReasons(choice, reasons);
  const { ids = [] } = choice;
  const named = new Set(ids.flatMap((id) => foundBy(id, seen, reader.coverage)));
  const chosen = seen.filter((one) => one.isMatching && (ids.length === 0 || named.has(one)));
  return {
    messageIds: new Set(chosen.map(({ messageId }) => messageId)),
    byReason: countsOf(chosen.map(({ reason }) => reason)),
  };
}

/** @throws {UsageError} where no letter has the id */
function foundBy(id: string, seen: readonly Seen[], coverage: Coverage): Seen[] {
  const found = withId(seen, id);
  if (found.length > 0) return found;
  if (seen.some(({ reason }) => reason === id)) {
    throw new UsageError(`${id} is a reason, not an id; reasons stand with commas: --reason A,B`);
  }
  throw new UsageError(`no dead letter ${id}. ${renderCoverage(coverage)}`);
}

/** `40 dead letters: Refused 25, InvalidEvent 15`. */
export function renderChosen({ messageIds, byReason }: Chosen): string {
  const reasons = Object.entries(byReason).map(([reason, count]) => `${reason} ${count}`);
  return `${plural(messageIds.size, 'dead letter')}: ${reasons.join(', ')}`;
}

/** @throws {UsageError} which names what is known */
export function refuseUnknownReasons(filter: DeadLetterFilter, seen: ReadonlySet<string>): void {
  const unknown = unknownReasons(filter, seen);
  if (unknown.length === 0) return;
  const known = seen.size > 0 ? [...seen] : [...REJECTIONS, ...RETRIES, NO_REASON];
  throw new UsageError(`--reason: no dead letter has ${unknown.join(', ')}; ${known.join(', ')}?`);
}

/**
 * The letters of an id: a whole one, of a letter or of its first sending, or the beginning of one.
 *
 * @throws {UsageError} where it could be several
 */
export function withId<Letter extends Pick<Seen, 'messageId' | 'originMessageId' | 'reason'>>(
  letters: readonly Letter[],
  id: string,
): Letter[] {
  const whole = letters.filter((one) => one.messageId === id || one.originMessageId === id);
  if (whole.length > 0) return whole;
  if (id.length < MIN_PREFIX) {
    throw new UsageError(`${id}: the beginning of an id has ${MIN_PREFIX} characters or more`);
  }
  const begun = letters.filter(
    ({ messageId, originMessageId }) => messageId.startsWith(id) || originMessageId.startsWith(id),
  );
  if (begun.length <= 1) return begun;
  const named = begun
    .slice(0, MAX_NAMED)
    .map(({ messageId, reason }) => `${messageId} (${reason})`);
  const others = begun.length > MAX_NAMED ? ` and ${begun.length - MAX_NAMED} others` : '';
  throw new UsageError(`${id} could be ${named.join(', ')}${others}`);
}
