import type { Invocation } from '../aws/invocation.ts';
import type { CallRecord } from '../finerworks/call-record.ts';
import type { Settings } from '../scenario.ts';
import type { Report } from './violation.ts';

/** So old a preflight may be when its update starts, in milliseconds (docs/ledger.md). */
const FRESH = 60_000;
/** From the last look at its age until the call starts: it may wait for its turn, or for new keys. */
const MAX_WAIT = 20_000;

interface Update {
  readonly record: CallRecord;
  readonly invocation: Invocation;
}

/** Checks calls at the moment they start: beside what they run, and how old what they rest on is. */
export class StartRules {
  readonly #settings: Settings;
  readonly #report: Report;
  /** The last update of each image. */
  readonly #updates = new Map<string, Update>();

  constructor(settings: Settings, report: Report) {
    this.#settings = settings;
    this.#report = report;
  }

  callStarts(record: CallRecord, invocation: Invocation): void {
    const underWay = invocation.calls.filter(({ answeredAt }) => answeredAt === undefined);
    if (underWay.length >= this.#settings.callsAtOnce)
      this.#report('TooManyUpdatesAtOnce', `${invocation.name}: ${underWay.length} before`);
    for (const { guid } of record.call.images) {
      const before = this.#updates.get(guid);
      // Without the ledger invocations know nothing of one another.
      const isKnown = this.#settings.ledger || before?.invocation === invocation;
      if (before !== undefined && isKnown && this.#isUnderWay(before, record.at)) {
        this.#report('TwoUpdatesAtOnce', `${invocation.name}: ${guid}`);
      }
      this.#updates.set(guid, { record, invocation });
    }
    if (this.#settings.virtualInventory === 'protect') this.#checkAge(record, invocation);
  }

  #checkAge({ at, call }: CallRecord, { name, lists }: Invocation): void {
    const fresh = lists.filter(
      ({ account, answeredAt }) =>
        account === call.account && answeredAt !== undefined && answeredAt >= at - FRESH - MAX_WAIT,
    );
    const listed = new Set(fresh.flatMap(({ guids }) => guids));
    for (const { guid } of call.images) {
      if (!listed.has(guid)) this.#report('PreflightTooOld', `${name}: ${guid}`);
    }
  }

  /** Where its process died, an update is under way until it would have been given up. */
  #isUnderWay({ record, invocation }: Update, now: number): boolean {
    const { callTimeoutSeconds } = this.#settings;
    const { at, answeredAt, givenUpAfter = callTimeoutSeconds * 1_000 } = record;
    const isGivenUp = invocation.end !== undefined && now >= at + givenUpAfter;
    return answeredAt === undefined && !isGivenUp;
  }
}
