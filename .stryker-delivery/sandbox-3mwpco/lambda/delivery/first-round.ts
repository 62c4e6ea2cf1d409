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
import type { Call, CallLimits } from '../finerworks/call.ts';
import { handledLater } from '../handled-later.ts';
import { partsOf, type Update } from '../images/change.ts';
import { coalesce } from '../images/coalesce.ts';
import { PREFLIGHT, type Preflight } from '../inventory/preflight.ts';
import type { BatchIsolation } from '../isolation/batch-isolation.ts';
import type { Prober } from '../isolation/prober.ts';
import { prefetch } from '../prefetch.ts';
import { batch } from './batch.ts';
import { SHARED } from './lanes.ts';
import { Outstanding } from './outstanding.ts';
import { type Group, packByLane } from './pack-by-lane.ts';
import type { Sender } from './sender.ts';

/** Hears of images as soon as the book has the last verdict on them. */
export type OnDecided = (guids: readonly string[]) => Promise<void>;
export interface RoundDependencies {
  readonly sender: Sender;
  readonly prober: Prober;
  /** Undefined where virtual inventory need not be protected. */
  readonly preflight: Preflight | undefined;
  readonly isolation: BatchIsolation;
  readonly limits: CallLimits;
  readonly onDecided: OnDecided;
}

/**
 * Sends each call once, one after another, and carries each call's one verdict to its changes. What
 * fails or is refused goes to isolation: everybody else has the first turn.
 *
 * One update at a time: nothing is documented about rate limits, and two calls of one invocation
 * must never race each other to the same image. While one is under way, the next preflight is made and
 * what the call before decided is passed on: they are about other images.
 */
export async function firstRound(groups: AsyncIterable<Group>, dependencies: RoundDependencies): Promise<void> {
  if (stryMutAct_9fa48("111")) {
    {}
  } else {
    stryCov_9fa48("111");
    const {
      isolation,
      limits,
      onDecided
    } = dependencies;
    const outstanding = new Outstanding();
    const allowed = preflighted(groups, dependencies);
    const calls = prefetch(batch(outstanding.count(allowed), limits));
    let passedOn = Promise.resolve();
    for await (const call of calls) {
      if (stryMutAct_9fa48("112")) {
        {}
      } else {
        stryCov_9fa48("112");
        const delivered = handledLater(send(call, dependencies));
        // If either fails, nothing of the other may go on behind the invocation's back.
        await Promise.allSettled(stryMutAct_9fa48("113") ? [] : (stryCov_9fa48("113"), [passedOn, delivered]));
        await Promise.all(stryMutAct_9fa48("114") ? [] : (stryCov_9fa48("114"), [passedOn, delivered]));
        const done = outstanding.completedBy(call);
        passedOn = handledLater(onDecided(stryMutAct_9fa48("115") ? done : (stryCov_9fa48("115"), done.filter(stryMutAct_9fa48("116") ? () => undefined : (stryCov_9fa48("116"), guid => stryMutAct_9fa48("117") ? isolation.isOpen(guid) : (stryCov_9fa48("117"), !isolation.isOpen(guid)))))));
      }
    }
    await passedOn;
  }
}
async function send(call: Call, {
  sender,
  prober,
  isolation
}: RoundDependencies): Promise<void> {
  if (stryMutAct_9fa48("118")) {
    {}
  } else {
    stryCov_9fa48("118");
    isolation.add(prober.learn(stryMutAct_9fa48("119") ? {} : (stryCov_9fa48("119"), {
      ...call,
      isChecked: stryMutAct_9fa48("120") ? false : (stryCov_9fa48("120"), true)
    }), await sender.send(call)));
  }
}

/**
 * Checks images before they are updated, as many at a time as one list takes. What is allowed of an
 * image of several accounts may have to go into one call with another's: so all of those are checked
 * first.
 */
async function* preflighted(groups: AsyncIterable<Group>, dependencies: RoundDependencies): AsyncGenerator<Group> {
  if (stryMutAct_9fa48("121")) {
    {}
  } else {
    stryCov_9fa48("121");
    const {
      preflight
    } = dependencies;
    if (stryMutAct_9fa48("124") ? preflight !== undefined : stryMutAct_9fa48("123") ? false : stryMutAct_9fa48("122") ? true : (stryCov_9fa48("122", "123", "124"), preflight === undefined)) return yield* groups;
    const shared: Update[] = stryMutAct_9fa48("125") ? ["Stryker was here"] : (stryCov_9fa48("125"), []);
    // The ledger is asked for the next images while FinerWorks is asked for these.
    for await (const pack of packByLane(prefetch(groups), stryMutAct_9fa48("126") ? () => undefined : (stryCov_9fa48("126"), () => PREFLIGHT))) {
      if (stryMutAct_9fa48("127")) {
        {}
      } else {
        stryCov_9fa48("127");
        const {
          lane,
          account,
          updates,
          isEnd
        } = pack;
        if (stryMutAct_9fa48("129") ? false : stryMutAct_9fa48("128") ? true : (stryCov_9fa48("128", "129"), isEnd)) {
          if (stryMutAct_9fa48("130")) {
            {}
          } else {
            stryCov_9fa48("130");
            yield pack;
            continue;
          }
        }
        const allowed = await check(preflight, stryMutAct_9fa48("131") ? {} : (stryCov_9fa48("131"), {
          account,
          updates,
          isShared: stryMutAct_9fa48("134") ? lane !== SHARED : stryMutAct_9fa48("133") ? false : stryMutAct_9fa48("132") ? true : (stryCov_9fa48("132", "133", "134"), lane === SHARED)
        }), dependencies);
        if (stryMutAct_9fa48("137") ? lane !== SHARED : stryMutAct_9fa48("136") ? false : stryMutAct_9fa48("135") ? true : (stryCov_9fa48("135", "136", "137"), lane === SHARED)) shared.push(...allowed);else yield stryMutAct_9fa48("138") ? {} : (stryCov_9fa48("138"), {
          lane,
          updates: allowed
        });
      }
    }
    yield stryMutAct_9fa48("139") ? {} : (stryCov_9fa48("139"), {
      lane: SHARED,
      updates: coalesce(shared.flatMap(partsOf))
    });
  }
}
interface Unchecked {
  readonly account: string | null;
  readonly updates: readonly Update[];
  readonly isShared: boolean;
}
async function check(preflight: Preflight, {
  account,
  updates,
  isShared
}: Unchecked, {
  prober,
  isolation,
  onDecided
}: RoundDependencies): Promise<readonly Update[]> {
  if (stryMutAct_9fa48("140")) {
    {}
  } else {
    stryCov_9fa48("140");
    const checked = await preflight.check(account, updates);
    if (stryMutAct_9fa48("142") ? false : stryMutAct_9fa48("141") ? true : (stryCov_9fa48("141", "142"), (stryMutAct_9fa48("143") ? "" : (stryCov_9fa48("143"), 'kind')) in checked)) {
      if (stryMutAct_9fa48("144")) {
        {}
      } else {
        stryCov_9fa48("144");
        const finding = prober.learn(stryMutAct_9fa48("145") ? {} : (stryCov_9fa48("145"), {
          account,
          updates,
          isChecked: stryMutAct_9fa48("146") ? true : (stryCov_9fa48("146"), false)
        }), checked);
        // The updates of one image in two accounts belong together: they are not searched apart.
        if (stryMutAct_9fa48("149") ? false : stryMutAct_9fa48("148") ? true : stryMutAct_9fa48("147") ? isShared : (stryCov_9fa48("147", "148", "149"), !isShared)) isolation.add(finding);
        return stryMutAct_9fa48("150") ? ["Stryker was here"] : (stryCov_9fa48("150"), []);
      }
    }
    if (stryMutAct_9fa48("153") ? false : stryMutAct_9fa48("152") ? true : stryMutAct_9fa48("151") ? isShared : (stryCov_9fa48("151", "152", "153"), !isShared)) {
      if (stryMutAct_9fa48("154")) {
        {}
      } else {
        stryCov_9fa48("154");
        const open = new Set(checked.map(stryMutAct_9fa48("155") ? () => undefined : (stryCov_9fa48("155"), ({
          guid
        }) => guid)));
        await onDecided(stryMutAct_9fa48("156") ? [] : (stryCov_9fa48("156"), [...new Set(updates.map(stryMutAct_9fa48("157") ? () => undefined : (stryCov_9fa48("157"), ({
          guid
        }) => guid))).difference(open)]));
      }
    }
    return checked;
  }
}