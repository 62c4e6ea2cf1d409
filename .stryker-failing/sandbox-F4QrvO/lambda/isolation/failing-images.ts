// @ts-nocheck
function stryNS_9fa48() {
  var g = typeof globalThis === 'object' && globalThis && globalThis.Math === Math && globalThis || new Function("return this")();
  var ns = g.__stryker__ || (g.__stryker__ = {});
  if (ns.activeMutant === undefined && g.process && g.process.env && g.process.env.__STRYKER_ACTIVE_MUTANT__) {
    ns.activeMutant = g.process.env.__STRYKER_ACTIVE_MUTANT__;
  }
  function retrieveNS() {
    return ns;
  }
  stryNS_9fa48 = retrieveNS;
  return retrieveNS();
}
stryNS_9fa48();
function stryCov_9fa48() {
  var ns = stryNS_9fa48();
  var cov = ns.mutantCoverage || (ns.mutantCoverage = {
    static: {},
    perTest: {}
  });
  function cover() {
    var c = cov.static;
    if (ns.currentTestId) {
      c = cov.perTest[ns.currentTestId] = cov.perTest[ns.currentTestId] || {};
    }
    var a = arguments;
    for (var i = 0; i < a.length; i++) {
      c[a[i]] = (c[a[i]] || 0) + 1;
    }
  }
  stryCov_9fa48 = cover;
  cover.apply(null, arguments);
}
function stryMutAct_9fa48(id) {
  var ns = stryNS_9fa48();
  function isActive(id) {
    if (ns.activeMutant === id) {
      if (ns.hitCount !== void 0 && ++ns.hitCount > ns.hitLimit) {
        throw new Error('Stryker: Hit count limit reached (' + ns.hitCount + ')');
      }
      return true;
    }
    return false;
  }
  stryMutAct_9fa48 = isActive;
  return isActive(id);
}
import type { Lanes } from '../delivery/lanes.ts';
import type { ImageTroubles } from '../evidence/image-troubles.ts';
import type { Update } from '../images/change.ts';
import type { Retried } from '../verdicts/verdict.ts';
import type { VerdictBook } from '../verdicts/verdict-book.ts';
import type { Unresolved } from './finding.ts';

/** The wait after a first failure alone and the longest, in milliseconds: as that of records. */
const FIRST_WAIT = 30_000;
const LONGEST_WAIT = 900_000;
/** The item of the ledger has little room. */
const DETAIL_LENGTH = 200;

/** An update whose call failed, alone or among others. */
interface Failure {
  readonly update: Update;
  readonly isAlone: boolean;
  readonly at: number;
  readonly verdict: Retried;
}

/**
 * Images that make calls fail while others of their account go through. Once known they go alone, after
 * everything else and with a backoff of their own, so that no other image waits for them.
 */
export class FailingImages {
  readonly #troubles: ImageTroubles;
  readonly #book: VerdictBook;
  readonly #lanes: Lanes;
  readonly #failures = new Map<string, Failure>();
  constructor(troubles: ImageTroubles, book: VerdictBook, lanes: Lanes) {
    if (stryMutAct_9fa48("0")) {
      {}
    } else {
      stryCov_9fa48("0");
      this.#troubles = troubles;
      this.#book = book;
      this.#lanes = lanes;
    }
  }

  /**
   * A call failed.
   *
   * @param since from when on a success of the account speaks against the images; else the failure itself
   */
  note({
    set,
    at,
    ...failed
  }: Extract<Unresolved, {
    kind: 'failed';
  }>, since = at): void {
    if (stryMutAct_9fa48("1")) {
      {}
    } else {
      stryCov_9fa48("1");
      const isAlone = stryMutAct_9fa48("4") ? set.updates.length !== 1 : stryMutAct_9fa48("3") ? false : stryMutAct_9fa48("2") ? true : (stryCov_9fa48("2", "3", "4"), set.updates.length === 1);
      for (const update of set.updates) {
        if (stryMutAct_9fa48("5")) {
          {}
        } else {
          stryCov_9fa48("5");
          // What went through since its first failure of the invocation speaks against it.
          const at = stryMutAct_9fa48("6") ? Math.max(since, this.#failures.get(update.guid)?.at ?? since) : (stryCov_9fa48("6"), Math.min(since, stryMutAct_9fa48("7") ? this.#failures.get(update.guid)?.at && since : (stryCov_9fa48("7"), (stryMutAct_9fa48("8") ? this.#failures.get(update.guid).at : (stryCov_9fa48("8"), this.#failures.get(update.guid)?.at)) ?? since)));
          this.#failures.set(update.guid, stryMutAct_9fa48("9") ? {} : (stryCov_9fa48("9"), {
            update,
            isAlone,
            at,
            verdict: failed.verdict
          }));
        }
      }
    }
  }

  /** Remembers the images that failed while others of their account went through. */
  conclude(now: number): void {
    if (stryMutAct_9fa48("10")) {
      {}
    } else {
      stryCov_9fa48("10");
      for (const [guid, {
        update,
        isAlone,
        at,
        verdict
      }] of this.#failures) {
        if (stryMutAct_9fa48("11")) {
          {}
        } else {
          stryCov_9fa48("11");
          const isStillFailing = stryMutAct_9fa48("14") ? this.#book.ofUpdate(update)?.kind !== 'retry' : stryMutAct_9fa48("13") ? false : stryMutAct_9fa48("12") ? true : (stryCov_9fa48("12", "13", "14"), (stryMutAct_9fa48("15") ? this.#book.ofUpdate(update).kind : (stryCov_9fa48("15"), this.#book.ofUpdate(update)?.kind)) === (stryMutAct_9fa48("16") ? "" : (stryCov_9fa48("16"), 'retry')));
          const {
            health
          } = this.#lanes.of(update.account);
          if (stryMutAct_9fa48("19") ? !isStillFailing && health.lastSuccessAt <= at : stryMutAct_9fa48("18") ? false : stryMutAct_9fa48("17") ? true : (stryCov_9fa48("17", "18", "19"), (stryMutAct_9fa48("20") ? isStillFailing : (stryCov_9fa48("20"), !isStillFailing)) || (stryMutAct_9fa48("23") ? health.lastSuccessAt > at : stryMutAct_9fa48("22") ? health.lastSuccessAt < at : stryMutAct_9fa48("21") ? false : (stryCov_9fa48("21", "22", "23"), health.lastSuccessAt <= at)))) continue;
          const known = this.#troubles.of(guid);
          const {
            reason
          } = verdict;
          const detail = stryMutAct_9fa48("24") ? verdict.detail : (stryCov_9fa48("24"), verdict.detail.slice(0, DETAIL_LENGTH));
          const failures = stryMutAct_9fa48("25") ? (known?.failing?.failures ?? 0) - Number(isAlone) : (stryCov_9fa48("25"), (stryMutAct_9fa48("26") ? known?.failing?.failures && 0 : (stryCov_9fa48("26"), (stryMutAct_9fa48("28") ? known.failing?.failures : stryMutAct_9fa48("27") ? known?.failing.failures : (stryCov_9fa48("27", "28"), known?.failing?.failures)) ?? 0)) + Number(isAlone));
          this.#troubles.set(guid, stryMutAct_9fa48("29") ? {} : (stryCov_9fa48("29"), {
            ...known,
            failing: stryMutAct_9fa48("30") ? {} : (stryCov_9fa48("30"), {
              reason,
              detail,
              failures,
              at: now
            })
          }));
        }
      }
      this.#failures.clear();
    }
  }
  isFailing(guid: string): boolean {
    if (stryMutAct_9fa48("31")) {
      {}
    } else {
      stryCov_9fa48("31");
      return stryMutAct_9fa48("34") ? this.#troubles.of(guid)?.failing === undefined : stryMutAct_9fa48("33") ? false : stryMutAct_9fa48("32") ? true : (stryCov_9fa48("32", "33", "34"), (stryMutAct_9fa48("35") ? this.#troubles.of(guid).failing : (stryCov_9fa48("35"), this.#troubles.of(guid)?.failing)) !== undefined);
    }
  }

  /** What comes back without another call says why the last one failed. */
  lastVerdict(guid: string): Retried | undefined {
    if (stryMutAct_9fa48("36")) {
      {}
    } else {
      stryCov_9fa48("36");
      const failing = stryMutAct_9fa48("37") ? this.#troubles.of(guid).failing : (stryCov_9fa48("37"), this.#troubles.of(guid)?.failing);
      return stryMutAct_9fa48("40") ? failing || {
        kind: 'retry',
        reason: failing.reason,
        detail: failing.detail
      } : stryMutAct_9fa48("39") ? false : stryMutAct_9fa48("38") ? true : (stryCov_9fa48("38", "39", "40"), failing && (stryMutAct_9fa48("41") ? {} : (stryCov_9fa48("41"), {
        kind: stryMutAct_9fa48("42") ? "" : (stryCov_9fa48("42"), 'retry'),
        reason: failing.reason,
        detail: failing.detail
      })));
    }
  }

  /** Those first of which least is known, then those that wait for longest. */
  readonly compare = (a: string, b: string): number => {
    if (stryMutAct_9fa48("43")) {
      {}
    } else {
      stryCov_9fa48("43");
      const [failingA, failingB] = stryMutAct_9fa48("44") ? [] : (stryCov_9fa48("44"), [stryMutAct_9fa48("45") ? this.#troubles.of(a).failing : (stryCov_9fa48("45"), this.#troubles.of(a)?.failing), stryMutAct_9fa48("46") ? this.#troubles.of(b).failing : (stryCov_9fa48("46"), this.#troubles.of(b)?.failing)]);
      const byFailures = stryMutAct_9fa48("47") ? Math.sign(failingA?.failures ?? 0) + Math.sign(failingB?.failures ?? 0) : (stryCov_9fa48("47"), Math.sign(stryMutAct_9fa48("48") ? failingA?.failures && 0 : (stryCov_9fa48("48"), (stryMutAct_9fa48("49") ? failingA.failures : (stryCov_9fa48("49"), failingA?.failures)) ?? 0)) - Math.sign(stryMutAct_9fa48("50") ? failingB?.failures && 0 : (stryCov_9fa48("50"), (stryMutAct_9fa48("51") ? failingB.failures : (stryCov_9fa48("51"), failingB?.failures)) ?? 0)));
      return stryMutAct_9fa48("54") ? byFailures && (failingA?.at ?? 0) - (failingB?.at ?? 0) : stryMutAct_9fa48("53") ? false : stryMutAct_9fa48("52") ? true : (stryCov_9fa48("52", "53", "54"), byFailures || (stryMutAct_9fa48("55") ? (failingA?.at ?? 0) + (failingB?.at ?? 0) : (stryCov_9fa48("55"), (stryMutAct_9fa48("56") ? failingA?.at && 0 : (stryCov_9fa48("56"), (stryMutAct_9fa48("57") ? failingA.at : (stryCov_9fa48("57"), failingA?.at)) ?? 0)) - (stryMutAct_9fa48("58") ? failingB?.at && 0 : (stryCov_9fa48("58"), (stryMutAct_9fa48("59") ? failingB.at : (stryCov_9fa48("59"), failingB?.at)) ?? 0)))));
    }
  };

  /** When its last call alone failed; undefined where another one is not due yet. */
  dueSince(guid: string, now: number): number | undefined {
    if (stryMutAct_9fa48("60")) {
      {}
    } else {
      stryCov_9fa48("60");
      const failing = stryMutAct_9fa48("61") ? this.#troubles.of(guid).failing : (stryCov_9fa48("61"), this.#troubles.of(guid)?.failing);
      if (stryMutAct_9fa48("64") ? failing !== undefined : stryMutAct_9fa48("63") ? false : stryMutAct_9fa48("62") ? true : (stryCov_9fa48("62", "63", "64"), failing === undefined)) return undefined;
      const {
        failures,
        at
      } = failing;
      const wait = (stryMutAct_9fa48("67") ? failures !== 0 : stryMutAct_9fa48("66") ? false : stryMutAct_9fa48("65") ? true : (stryCov_9fa48("65", "66", "67"), failures === 0)) ? 0 : stryMutAct_9fa48("68") ? Math.max(LONGEST_WAIT, FIRST_WAIT * 2 ** (failures - 1)) : (stryCov_9fa48("68"), Math.min(LONGEST_WAIT, stryMutAct_9fa48("69") ? FIRST_WAIT / 2 ** (failures - 1) : (stryCov_9fa48("69"), FIRST_WAIT * 2 ** (stryMutAct_9fa48("70") ? failures + 1 : (stryCov_9fa48("70"), failures - 1)))));
      return (stryMutAct_9fa48("74") ? now < at + wait : stryMutAct_9fa48("73") ? now > at + wait : stryMutAct_9fa48("72") ? false : stryMutAct_9fa48("71") ? true : (stryCov_9fa48("71", "72", "73", "74"), now >= (stryMutAct_9fa48("75") ? at - wait : (stryCov_9fa48("75"), at + wait)))) ? at : undefined;
    }
  }
}