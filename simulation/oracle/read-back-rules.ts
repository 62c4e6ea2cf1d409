import type { Invocation } from '../aws/invocation.ts';
import type { CallRecord, ListRecord } from '../finerworks/call-record.ts';
import type { Library } from '../finerworks/library.ts';
import type { WireImage } from '../finerworks/wire.ts';
import type { Settings } from '../scenario.ts';
import type { OracleKnowledge } from './knowledge.ts';
import { lastStart } from './last-start.ts';
import type { Report } from './violation.ts';

/** So many calls of a sandbox may lie between two that are read back (docs/ledger.md). */
const MAX_UNREAD = 19;
/**
 * Within one invocation: a call, its parts down to one image, and each of them once more. Then what
 * each event wants of a refused image may be sent by itself.
 */
const MAX_CALLS_OF_AN_IMAGE = 20;
/** A late list is read again after 1, 2, 4, 8 … seconds, for each call. */
const MAX_LISTS_OF_AN_IMAGE = 100;

/**
 * Checks how often calls are read back, and that nothing goes round in circles. Whether what was
 * read back is believed is a matter of what may be acknowledged.
 */
export class ReadBackRules {
  readonly #known: Pick<OracleKnowledge, 'settings' | 'library'>;
  readonly #report: Report;
  /** By sandbox: calls in a row that were not read back. */
  readonly #unread = new Map<string, number>();

  constructor(known: Pick<OracleKnowledge, 'settings' | 'library'>, report: Report) {
    this.#known = known;
    this.#report = report;
  }

  invocationEnded(invocation: Invocation): void {
    this.#checkEffort(invocation);
    if (this.#known.settings.verify === 'sample') this.#checkSample(invocation);
  }

  #checkSample(invocation: Invocation): void {
    const { sandbox, name, calls, lists, end } = invocation;
    const isUndisturbed = end === 'answered' && lists.every(({ meaning }) => meaning === 'applied');
    const inOrder = calls
      .filter((call) => call.isControl !== true && isVerifiable(call, invocation))
      .toSorted((a, b) => (a.answeredAt ?? 0) - (b.answeredAt ?? 0));
    for (const call of inOrder) {
      const isRead = !isUndisturbed || this.#isReadBack(call, invocation);
      // Where there was no time for a list, it is the next call's turn.
      const hadTime = (call.answeredAt ?? 0) <= lastStart(invocation, this.#known.settings);
      if (!isRead && !hadTime) continue;
      const unread = isRead ? 0 : (this.#unread.get(sandbox) ?? 0) + 1;
      this.#unread.set(sandbox, unread);
      if (unread > MAX_UNREAD) this.#report('NotReadBack', `${name}: ${unread} calls in a row`);
    }
  }

  #isReadBack(record: CallRecord, { lists }: Invocation): boolean {
    return lists.some((list) => isReading(list, record, this.#known.library));
  }

  #checkEffort({ name, calls, lists, records }: Invocation): void {
    const events = records.map(({ message }) => message.event);
    const ofCalls = calls.map(({ call }) => call.images.map(({ guid }) => guid));
    const ofLists = lists.map(({ guids }) => guids);
    for (const [what, most, lists] of [
      ['called', MAX_CALLS_OF_AN_IMAGE, ofCalls],
      ['listed', MAX_LISTS_OF_AN_IMAGE, ofLists],
    ] as const) {
      const times = Map.groupBy(lists.flat(), (guid) => guid);
      for (const [guid, { length }] of times) {
        const wanting = events.filter(({ images }) => images.some((image) => image.guid === guid));
        if (length > most + wanting.length)
          this.#report('InCircles', `${name}: ${guid} ${what} ${length} times`);
      }
    }
  }
}

/** Whether any image that a call is said to have taken was listed before it: then a list can show it. */
function isVerifiable(
  { at, confirmed = [], claimed = [] }: CallRecord,
  { lists }: Invocation,
): boolean {
  const wereShown = lists.flatMap(({ shown = [], answeredAt = at }) =>
    answeredAt <= at ? shown.map(({ guid }) => guid) : [],
  );
  return [...confirmed, ...claimed].some(({ guid }) => wereShown.includes(guid));
}

/** Whether an invocation read an image back after a call, with a list of all its images. */
export function wasReadBack(
  { guid }: WireImage,
  record: CallRecord,
  { lists }: Invocation,
  library: Library,
): boolean {
  return lists.some(
    (list) =>
      list.meaning === 'applied' &&
      isReading(list, record, library) &&
      (list.shown ?? []).some((image) => image.guid === guid),
  );
}

/** Whether a list call may be made to read a call back, or to see what is there before one. */
export function mayBeReading(
  { guids }: ListRecord,
  { calls }: Invocation,
  { verify, virtualInventory }: Settings,
): boolean {
  if (verify === 'off') return false;
  const isAfter = calls.some(
    ({ meaning, call }) =>
      meaning === 'applied' && call.images.some(({ guid }) => guids.includes(guid)),
  );
  return isAfter || virtualInventory === 'remove';
}

/** A list call at all that an answer says was taken: what it leaves out is no part of a reading. */
function isReading(
  { account, guids, at }: ListRecord,
  { call, answeredAt = Number.POSITIVE_INFINITY, confirmed = [], claimed = [] }: CallRecord,
  library: Library,
): boolean {
  const listed = [...confirmed, ...claimed].filter((image) => library.isListed(image.guid));
  const areAsked = listed.every((image) => guids.includes(image.guid));
  return account === call.account && at >= answeredAt && areAsked;
}
