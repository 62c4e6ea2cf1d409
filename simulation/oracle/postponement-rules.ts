import type { Invocation } from '../aws/invocation.ts';
import type { Received } from '../aws/message.ts';
import type { Settings } from '../scenario.ts';
import type { Report } from './violation.ts';

/** Documented in docs/retries.md, in seconds. */
const FIRST_DELAY = 30;
const LONGEST_DELAY = 900;
const MAX_HIDDEN = 12 * 3_600;
/** What was not tried comes back soon, whatever its receives. */
const SHORTEST_NOT_TRIED = 5;
const LONGEST_NOT_TRIED = 10;
const NOT_TRIED: readonly string[] = ['NoTimeLeft', 'BudgetSpent'];
const FIRST_BUSY = 5;
/** What never counts as a failure; `Busy` may. */
const UNTRIED: readonly string[] = [...NOT_TRIED, 'Deferred'];
/** What all were asked to wait for does not end for all at once. */
const SPREAD = 15;
/** The longest that a circuit stays open. */
const LONGEST_OPEN = 300;

/** What invocations did with a message. */
interface Returns {
  readonly times: number;
  /** How often it came back for anything else than that there was no call. */
  readonly tried: number;
  /** Whether each of them left a note. */
  readonly areKnown: boolean;
}

/** Checks how long an invocation hid what it returned. */
export class PostponementRules {
  readonly #settings: Settings;
  readonly #report: Report;
  /** At which receives a message was returned after a failure, and a note of it was left. */
  readonly #failures = new Map<string, readonly number[]>();
  readonly #returns = new Map<string, Returns>();

  constructor(settings: Settings, report: Report) {
    this.#settings = settings;
    this.#report = report;
  }

  /** @param isShared whether another invocation wrote to the ledger's item of an image */
  invocationEnded(invocation: Invocation, isShared: (guid: string) => boolean): void {
    this.#count(invocation);
    const last = new Map(invocation.hidden.map((hidden) => [hidden.handle, hidden.seconds]));
    for (const [handle, seconds] of last) {
      const record = invocation.records.find((candidate) => candidate.handle === handle);
      if (record === undefined) {
        this.#report('PostponedWrongly', `${invocation.name}: an unknown receipt`);
        continue;
      }
      const bounds = this.#boundsOf(record, invocation, isShared);
      const isInBounds = seconds >= bounds.least && seconds <= bounds.most;
      if (!isInBounds || seconds > MAX_HIDDEN || !Number.isInteger(seconds)) {
        const { name } = record.message.event;
        const reason = invocation.reasons.get(handle);
        const due = `${bounds.least} to ${bounds.most} are due`;
        this.#report(
          'PostponedWrongly',
          `${invocation.name}: ${name}#${record.receives} for ${seconds} s as ${reason}, ${due}`,
        );
      }
    }
  }

  /** Counts, for each record, what the notes on it can say at most. */
  #count({ records, reasons, end, troubled }: Invocation): void {
    for (const { message, receives, handle } of records) {
      const id = message.event.messageId;
      const before = this.#returns.get(id) ?? { times: 0, tried: 0, areKnown: true };
      const isNoted = this.#settings.ledger && end === 'answered' && !troubled.has('evidence');
      const wasTried = !UNTRIED.includes(reasons.get(handle) ?? '');
      this.#returns.set(id, {
        times: before.times + 1,
        tried: before.tried + Number(wasTried),
        // A receive that no invocation knows of leaves no note.
        areKnown: before.areKnown && isNoted && before.times + 1 >= receives,
      });
    }
  }

  #boundsOf(
    record: Received,
    invocation: Invocation,
    isShared: (guid: string) => boolean,
  ): { least: number; most: number } {
    const { end, reasons, lists, calls, troubled } = invocation;
    const reason = reasons.get(record.handle);
    const { duplicates } = record.message;
    const { images } = record.message.event;
    const putOff = [...lists, ...calls].map(({ retryAfter = 0 }) => retryAfter / 1_000);
    const heard = Math.min(this.#settings.maxRetryAfterSeconds, Math.max(0, ...putOff));
    const asked = heard > 0 ? heard + SPREAD : 0;
    // What died, was given up or could not be hidden again is hidden as it was before.
    if (end !== 'answered' || reason === undefined || troubled.has('visibility')) {
      const { maxRetryAfterSeconds } = this.#settings;
      return { least: 0, most: Math.max(LONGEST_DELAY, maxRetryAfterSeconds) + SPREAD };
    }
    // Once half of its receives are used up, the others have to last.
    const isSpared = record.receives > this.#settings.maxReceiveCount / 2;
    const longest = Math.max(isSpared ? LONGEST_DELAY : LONGEST_NOT_TRIED, asked);
    if (reason === 'Busy') {
      // Behind a change that is not decided it waits for longer each time.
      const most = Math.max(longest, delay(this.#maxFailuresOf(record), FIRST_BUSY));
      return { least: images.some(({ guid }) => isShared(guid)) ? 1 : FIRST_BUSY / 2, most };
    }
    if (NOT_TRIED.includes(reason)) return { least: SHORTEST_NOT_TRIED, most: longest };
    if (reason === 'Deferred') {
      // What an invocation before was asked to wait holds for this one too.
      const most = Math.max(LONGEST_OPEN, this.#settings.maxRetryAfterSeconds) + SPREAD;
      return { least: SHORTEST_NOT_TRIED, most: Math.max(most, longest) };
    }
    const known = this.#settings.ledger ? this.#failuresOf(record) : 1;
    const most = this.#maxFailuresOf(record);
    if (!troubled.has('evidence')) {
      const { messageId } = record.message.event;
      this.#failures.set(messageId, [...(this.#failures.get(messageId) ?? []), record.receives]);
    }
    // An image that failed alone comes back when it may be tried again, by its own failures.
    const wasTried = calls.some(({ call }) =>
      call.images.some(({ guid }) => images.some((image) => image.guid === guid)),
    );
    const untilKnown = reason === 'NotKnownYet' ? this.#settings.newImageSeconds + SPREAD : 0;
    return {
      // Where two invocations hold it at once, one of them does not know the other's note.
      least: wasTried && duplicates === 0 ? Math.min(delay(known), delay(record.receives)) / 2 : 1,
      most: Math.max(delay(most), asked, untilKnown),
    };
  }

  /**
   * How often it failed until then, this time included, as far as notes were left of that. What an
   * invocation returns before its end may be back, and fail again, before that end.
   */
  #failuresOf({ message: { event }, receives }: Received): number {
    const known = this.#failures.get(event.messageId) ?? [];
    return known.filter((earlier) => earlier < receives).length + 1;
  }

  /** As how many failures the function may count what it knows of the message. */
  #maxFailuresOf(record: Received): number {
    const { event, receives, duplicates } = record.message;
    const returns = this.#returns.get(event.messageId);
    // Where no note says more, each receive counts: perhaps of a copy that came later and is back already.
    const counted = Math.max(record.receives, receives, this.#failuresOf(record));
    return (returns?.areKnown === true ? returns.tried : counted) + duplicates;
  }
}

/** The longest that a record stays hidden after so many failures. */
function delay(failures: number, first = FIRST_DELAY): number {
  return Math.min(LONGEST_DELAY, first * 2 ** Math.min(failures - 1, 10));
}
