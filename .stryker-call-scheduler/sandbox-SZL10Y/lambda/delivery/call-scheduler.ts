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
import type { Clock } from '../clock.ts';
import type { Retried } from '../verdicts/verdict.ts';
import type { Lane } from './lanes.ts';
import type { SandboxMemory } from './sandbox-memory.ts';

/** A longer pause is waited for in the queue, where it keeps nobody else waiting; in milliseconds. */
const LONGEST_PAUSE = 10_000;

/** What decides when an invocation may call. */
export interface SchedulerDependencies {
  readonly clock: Clock;
  readonly memory: SandboxMemory;
  /** No call starts that could end after this; milliseconds since 1970. */
  readonly deadline: number;
  /** The longest that one call takes, in milliseconds. */
  readonly callTimeout: number;
}

/** When each call of an invocation may start, and whether it may at all. */
export class CallScheduler {
  readonly #dependencies: SchedulerDependencies;
  constructor(dependencies: SchedulerDependencies) {
    if (stryMutAct_9fa48("0")) {
      {}
    } else {
      stryCov_9fa48("0");
      this.#dependencies = dependencies;
    }
  }

  /** Why no further call can be made in time; undefined as long as one can. */
  get outOfTime(): Retried | undefined {
    if (stryMutAct_9fa48("1")) {
      {}
    } else {
      stryCov_9fa48("1");
      return this.#canFinish(0) ? undefined : NO_TIME_LEFT;
    }
  }

  /** Why nothing of this lane can be sent now; undefined where it can. */
  blockedBy(lane: Lane): Retried | undefined {
    if (stryMutAct_9fa48("2")) {
      {}
    } else {
      stryCov_9fa48("2");
      const {
        clock,
        memory
      } = this.#dependencies;
      const now = clock.now();
      if (stryMutAct_9fa48("5") ? lane.stopped === undefined : stryMutAct_9fa48("4") ? false : stryMutAct_9fa48("3") ? true : (stryCov_9fa48("3", "4", "5"), lane.stopped !== undefined)) return lane.stopped;
      for (const circuit of stryMutAct_9fa48("6") ? [] : (stryCov_9fa48("6"), [memory.hostCircuit, lane.health.circuit])) {
        if (stryMutAct_9fa48("7")) {
          {}
        } else {
          stryCov_9fa48("7");
          if (stryMutAct_9fa48("10") ? circuit.state(now) === 'open' : stryMutAct_9fa48("9") ? false : stryMutAct_9fa48("8") ? true : (stryCov_9fa48("8", "9", "10"), circuit.state(now) !== (stryMutAct_9fa48("11") ? "" : (stryCov_9fa48("11"), 'open')))) continue;
          return deferred(stryMutAct_9fa48("12") ? `` : (stryCov_9fa48("12"), `not tried: ${lane.health.lastFailure}`), circuit.waitFor(now));
        }
      }
      const pause = lane.health.pace.waitFor(now);
      if (stryMutAct_9fa48("16") ? pause > LONGEST_PAUSE : stryMutAct_9fa48("15") ? pause < LONGEST_PAUSE : stryMutAct_9fa48("14") ? false : stryMutAct_9fa48("13") ? true : (stryCov_9fa48("13", "14", "15", "16"), pause <= LONGEST_PAUSE)) return undefined;
      return deferred(stryMutAct_9fa48("17") ? "" : (stryCov_9fa48("17"), 'not tried, because FinerWorks asked to wait'), pause);
    }
  }

  /**
   * Waits for the pace of the deployment and of the account. Two calls may wait side by side.
   *
   * @returns why there is no call to be made; undefined when it may start
   */
  async next(lane: Lane): Promise<Retried | undefined> {
    if (stryMutAct_9fa48("18")) {
      {}
    } else {
      stryCov_9fa48("18");
      const blocked = this.blockedBy(lane);
      if (stryMutAct_9fa48("21") ? blocked === undefined : stryMutAct_9fa48("20") ? false : stryMutAct_9fa48("19") ? true : (stryCov_9fa48("19", "20", "21"), blocked !== undefined)) return blocked;
      const {
        clock,
        memory
      } = this.#dependencies;
      const now = clock.now();
      const wait = stryMutAct_9fa48("22") ? Math.min(memory.rateLimiter.waitFor(now), lane.health.pace.waitFor(now)) : (stryCov_9fa48("22"), Math.max(memory.rateLimiter.waitFor(now), lane.health.pace.waitFor(now)));
      if (stryMutAct_9fa48("25") ? false : stryMutAct_9fa48("24") ? true : stryMutAct_9fa48("23") ? this.#canFinish(wait) : (stryCov_9fa48("23", "24", "25"), !this.#canFinish(wait))) return NO_TIME_LEFT;
      // Taken before it has come: the other one that waits meanwhile takes a later one.
      memory.rateLimiter.take(stryMutAct_9fa48("26") ? now - wait : (stryCov_9fa48("26"), now + wait));
      lane.health.pace.take(stryMutAct_9fa48("27") ? now - wait : (stryCov_9fa48("27"), now + wait));
      if (stryMutAct_9fa48("30") ? wait !== 0 : stryMutAct_9fa48("29") ? false : stryMutAct_9fa48("28") ? true : (stryCov_9fa48("28", "29", "30"), wait === 0)) return undefined;
      await clock.sleep(wait);
      return this.blockedBy(lane);
    }
  }

  /** Waits before a call is tried again. @returns whether there is time for it */
  async pause(milliseconds: number): Promise<boolean> {
    if (stryMutAct_9fa48("31")) {
      {}
    } else {
      stryCov_9fa48("31");
      if (stryMutAct_9fa48("34") ? false : stryMutAct_9fa48("33") ? true : stryMutAct_9fa48("32") ? this.#canFinish(milliseconds) : (stryCov_9fa48("32", "33", "34"), !this.#canFinish(milliseconds))) return stryMutAct_9fa48("35") ? true : (stryCov_9fa48("35"), false);
      if (stryMutAct_9fa48("39") ? milliseconds <= 0 : stryMutAct_9fa48("38") ? milliseconds >= 0 : stryMutAct_9fa48("37") ? false : stryMutAct_9fa48("36") ? true : (stryCov_9fa48("36", "37", "38", "39"), milliseconds > 0)) await this.#dependencies.clock.sleep(milliseconds);
      return stryMutAct_9fa48("40") ? false : (stryCov_9fa48("40"), true);
    }
  }
  #canFinish(wait: number): boolean {
    if (stryMutAct_9fa48("41")) {
      {}
    } else {
      stryCov_9fa48("41");
      const {
        clock,
        deadline,
        callTimeout
      } = this.#dependencies;
      return stryMutAct_9fa48("45") ? clock.now() + wait + callTimeout > deadline : stryMutAct_9fa48("44") ? clock.now() + wait + callTimeout < deadline : stryMutAct_9fa48("43") ? false : stryMutAct_9fa48("42") ? true : (stryCov_9fa48("42", "43", "44", "45"), (stryMutAct_9fa48("46") ? clock.now() + wait - callTimeout : (stryCov_9fa48("46"), (stryMutAct_9fa48("47") ? clock.now() - wait : (stryCov_9fa48("47"), clock.now() + wait)) + callTimeout)) <= deadline);
    }
  }
}

/** What was not tried comes back when it may be. */
export function deferred(detail: string, milliseconds: number): Retried {
  if (stryMutAct_9fa48("48")) {
    {}
  } else {
    stryCov_9fa48("48");
    const retryAfterSeconds = Math.ceil(stryMutAct_9fa48("49") ? milliseconds * 1_000 : (stryCov_9fa48("49"), milliseconds / 1_000));
    return stryMutAct_9fa48("50") ? {} : (stryCov_9fa48("50"), {
      kind: stryMutAct_9fa48("51") ? "" : (stryCov_9fa48("51"), 'retry'),
      reason: stryMutAct_9fa48("52") ? "" : (stryCov_9fa48("52"), 'Deferred'),
      detail,
      retryAfterSeconds
    });
  }
}
const NO_TIME_LEFT: Retried = stryMutAct_9fa48("53") ? {} : (stryCov_9fa48("53"), {
  kind: stryMutAct_9fa48("54") ? "" : (stryCov_9fa48("54"), 'retry'),
  reason: stryMutAct_9fa48("55") ? "" : (stryCov_9fa48("55"), 'NoTimeLeft'),
  detail: stryMutAct_9fa48("56") ? "" : (stryCov_9fa48("56"), 'the invocation had no time left for another call')
});