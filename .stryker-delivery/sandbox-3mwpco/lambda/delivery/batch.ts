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
import { type Call, type CallLimits, mostBytesOf, sizeOf, toBody } from '../finerworks/call.ts';
import { type Groups, packByLane } from './pack-by-lane.ts';

/**
 * Packs updates into as few calls as the limits allow, each account by itself.
 *
 * An image that is larger than `maxBytesPerCall` gets a call of its own: a queue's message holds
 * at most 1 MiB, so it is bounded, and FinerWorks may well take it.
 */
export async function* batch(groups: Groups, {
  maxImagesPerCall,
  maxBytesPerCall
}: CallLimits): AsyncGenerator<Call> {
  if (stryMutAct_9fa48("0")) {
    {}
  } else {
    stryCov_9fa48("0");
    const packs = packByLane(groups, (account, updates) => {
      if (stryMutAct_9fa48("1")) {
        {}
      } else {
        stryCov_9fa48("1");
        const maxBytes = stryMutAct_9fa48("2") ? maxBytesPerCall + Buffer.byteLength(toBody({
          account,
          updates: []
        })) : (stryCov_9fa48("2"), maxBytesPerCall - Buffer.byteLength(toBody(stryMutAct_9fa48("3") ? {} : (stryCov_9fa48("3"), {
          account,
          updates: stryMutAct_9fa48("4") ? ["Stryker was here"] : (stryCov_9fa48("4"), [])
        }))));
        const share = stryMutAct_9fa48("5") ? maxBytes * maxImagesPerCall : (stryCov_9fa48("5"), maxBytes / maxImagesPerCall);
        // To write every image only to measure it takes as long as to write the calls.
        const isAllSmall = stryMutAct_9fa48("6") ? updates.some(update => mostBytesOf(update) <= share) : (stryCov_9fa48("6"), updates.every(stryMutAct_9fa48("7") ? () => undefined : (stryCov_9fa48("7"), update => stryMutAct_9fa48("11") ? mostBytesOf(update) > share : stryMutAct_9fa48("10") ? mostBytesOf(update) < share : stryMutAct_9fa48("9") ? false : stryMutAct_9fa48("8") ? true : (stryCov_9fa48("8", "9", "10", "11"), mostBytesOf(update) <= share))));
        return stryMutAct_9fa48("12") ? {} : (stryCov_9fa48("12"), {
          maxItems: maxImagesPerCall,
          maxBytes,
          sizeOf: isAllSmall ? stryMutAct_9fa48("13") ? () => undefined : (stryCov_9fa48("13"), () => 0) : sizeOf
        });
      }
    });
    for await (const {
      account,
      updates,
      isEnd
    } of packs) if (stryMutAct_9fa48("16") ? false : stryMutAct_9fa48("15") ? true : stryMutAct_9fa48("14") ? isEnd : (stryCov_9fa48("14", "15", "16"), !isEnd)) yield stryMutAct_9fa48("17") ? {} : (stryCov_9fa48("17"), {
      account,
      updates
    });
  }
}