import type { Invocation } from '../aws/invocation.ts';
import type { CallRecord, ListRecord } from '../finerworks/call-record.ts';
import type { Settings } from '../scenario.ts';
import { lastStart } from './last-start.ts';
import type { RefusalBook } from './refusal-book.ts';
import type { Report } from './violation.ts';

/** Documented in docs/retries.md. */
const MAX_ATTEMPTS = 3;

/** What is known of the calls of one account in an invocation. */
interface Lane {
  /** Texts of calls, and how often each failed. */
  readonly failures: Map<string, number>;
  readonly forgiven: Set<string>;
  readonly sent: Set<string>;
  /** Images of calls that failed and were not sent since in a smaller one. */
  readonly failed: Set<string>[];
  isolationCalls: number;
}

/** Images that failed before go alone, which is no search; few have their turn in one invocation. */
const MAX_OWN_CALLS = 10;

/**
 * Checks how often, how long and how hard one invocation tried.
 *
 * @param refusals what was ever taken and refused, this invocation included
 */
export function checkPatience(
  invocation: Invocation,
  settings: Settings,
  refusals: RefusalBook,
  report: Report,
): void {
  const { name, calls } = invocation;
  for (const [account, records] of Map.groupBy(calls, ({ call }) => call.account)) {
    const lane: Lane = {
      failures: new Map(),
      forgiven: new Set(),
      sent: new Set(),
      failed: [],
      isolationCalls: 0,
    };
    for (const [at, record] of records.entries()) {
      const isSearch = takeIn(record, records[at + 1], lane);
      if (isSearch && !refusals.wasEverTaken(account, record.at)) {
        report('SearchedInOutage', `${name}: ${record.call.text.slice(0, 100)}`);
      }
      const failures = lane.failures.get(record.call.text) ?? 0;
      if (failures > MAX_ATTEMPTS) report('TooManyAttempts', `${name}: ${record.call.text}`);
    }
    // Where a batch is processed in parts, an image can be sent again in each.
    const most = settings.maxIsolationCalls + MAX_OWN_CALLS;
    if (lane.isolationCalls > most && invocation.deleted.size === 0) {
      const counted = `${lane.isolationCalls} of ${settings.maxIsolationCalls}`;
      report('OverBudget', `${name}: ${counted} of ${account}`);
    }
  }
  checkDeadline(invocation, settings, report);
  checkKeys(invocation, report);
}

/** @returns whether the call searches among the images of one that failed */
function takeIn(record: CallRecord, next: CallRecord | undefined, lane: Lane): boolean {
  const { call, meaning, isControl = false } = record;
  const guids = call.images.map(({ guid }) => guid);
  const isSearch = lane.failed.some(
    (set) => guids.length < set.size && guids.every((guid) => set.has(guid)),
  );
  const isRepeated = lane.failures.has(call.text);
  const isSentBefore = guids.every((guid) => lane.sent.has(guid));
  if (!isRepeated && isSentBefore && !isControl) lane.isolationCalls += 1;
  for (const guid of guids) lane.sent.add(guid);
  if (meaning === 'badKeys') lane.failures.set(call.text, lane.failures.get(call.text) ?? 0);
  // What failed and is then refused is searched for that.
  if (meaning === 'refused') {
    const isPartly = (set: ReadonlySet<string>) => guids.some((guid) => set.has(guid));
    lane.failed.splice(0, Infinity, ...lane.failed.filter((set) => !isPartly(set)));
  }
  if (meaning !== 'transient') return isSearch;
  // Other keys may be tried at once, and a connection that was closed may be opened again.
  const hasNewKeys = next?.call.text === call.text && next.keys.app_key !== record.keys.app_key;
  const isForgiven = record.isReset === true && !lane.forgiven.has(call.text);
  if (isForgiven) lane.forgiven.add(call.text);
  const counted = isForgiven || hasNewKeys ? 0 : 1;
  lane.failures.set(call.text, (lane.failures.get(call.text) ?? 0) + counted);
  if (guids.length > 1) lane.failed.push(new Set(guids));
  return isSearch;
}

function checkDeadline(invocation: Invocation, settings: Settings, report: Report): void {
  const { name, calls, lists } = invocation;
  const last = lastStart(invocation, settings);
  for (const { at } of [...calls, ...lists]) {
    // Sums of fractions of milliseconds differ in their last bits.
    if (at > last + 1) report('TooLateToFinish', `${name}: ${Math.round(at - last)} ms too late`);
  }
}

/**
 * A rotation costs one failed call and one reading; a reading that brought new keys one more call. Keys that
 * FinerWorks took before, in the same invocation, may be right for other accounts: a second account tries them.
 * Calls that were under way at the first refusal knew nothing of it.
 */
function checkKeys({ name, calls, lists, keyReadings }: Invocation, report: Report): void {
  const reloads = keyReadings.filter(({ isReload }) => isReload);
  const byKeys = [...Map.groupBy(calls, ({ keys }) => keys.app_key).values()];
  const areHammered = byKeys.some((ofKeys) => isHammering(ofKeys, lists.some(isTaken)));
  if (areHammered || reloads.length > 1 || keyReadings.length > 2) {
    const refused = calls.filter(({ meaning }) => meaning === 'badKeys');
    report('KeysHammered', `${name}: ${refused.length} calls, ${keyReadings.length} readings`);
  }
}

/** @param wasTaken whether FinerWorks took the keys of a list call */
function isHammering(calls: readonly CallRecord[], wasTaken: boolean): boolean {
  let most = wasTaken ? 2 : 1;
  let inARow = 0;
  let refusedAt: number | undefined;
  const accounts: (string | null)[] = [];
  for (const record of calls) {
    if (isTaken(record)) {
      most = 2;
      inARow = 0;
      refusedAt = undefined;
    }
    if (record.meaning !== 'badKeys' || record.at < (refusedAt ?? 0)) continue;
    refusedAt ??= record.answeredAt;
    inARow += 1;
    accounts.push(record.call.account);
    if (inARow > most) return true;
  }
  return new Set(accounts).size < accounts.length;
}

function isTaken({ meaning }: CallRecord | ListRecord): boolean {
  return meaning === 'applied' || meaning === 'refused';
}
