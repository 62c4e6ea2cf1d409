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
import type { Clock, Random } from '../clock.ts';
import type { CallLimits } from '../finerworks/call.ts';
import { type Change, loneUpdate } from '../images/change.ts';
import { coalesce } from '../images/coalesce.ts';
import { shuffle } from '../images/shuffle.ts';
import { Intake } from '../intake.ts';
import { Preflight } from '../inventory/preflight.ts';
import { BatchIsolation } from '../isolation/batch-isolation.ts';
import { Blame } from '../isolation/blame.ts';
import { FailingImages } from '../isolation/failing-images.ts';
import { Prober } from '../isolation/prober.ts';
import { RefusedImages } from '../isolation/refused-images.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Retried } from '../verdicts/verdict.ts';
import type { VerdictBook } from '../verdicts/verdict-book.ts';
import { deferred } from './call-scheduler.ts';
import { firstRound } from './first-round.ts';
import { type LaneImages, lanesOf, SHARED } from './lanes.ts';
import type { SandboxMemory } from './sandbox-memory.ts';
import type { Sender } from './sender.ts';

/** Where there is no time for a trial of an account, its records come back after so long. */
const TRIAL_LATER = 30_000;
export interface DeliveryLimits extends CallLimits {
  readonly maxIsolationCalls: number;
  /** So many images of an account refused alone, and nothing taken, is no fault of the images. */
  readonly systemicRefusalImages: number;
  readonly virtualInventory: 'protect' | 'remove';
}
export interface DeliveryDependencies {
  readonly sender: Sender;
  readonly ledger: Ledger;
  readonly book: VerdictBook;
  readonly memory: SandboxMemory;
  readonly clock: Clock;
  readonly random: Random;
  readonly limits: DeliveryLimits;
  /** Of the invocation; 8 to 50 characters. */
  readonly requestId: string;
}

/** Delivers what a batch wants, lane by lane, so that no account and no image waits for a bad one. */
export class Delivery {
  readonly #dependencies: DeliveryDependencies;
  readonly #prober: Prober;
  readonly #preflight: Preflight;
  readonly #isolation: BatchIsolation;
  readonly #blame: Blame;
  readonly #refused: RefusedImages;
  readonly #failing: FailingImages;
  readonly #intake: Intake;
  constructor(dependencies: DeliveryDependencies) {
    if (stryMutAct_9fa48("18")) {
      {}
    } else {
      stryCov_9fa48("18");
      const {
        sender,
        ledger,
        book,
        memory,
        limits,
        requestId
      } = dependencies;
      this.#dependencies = dependencies;
      this.#preflight = new Preflight(sender, book, ledger, requestId);
      const {
        troubles
      } = memory;
      const refused = new RefusedImages(limits.systemicRefusalImages, troubles);
      this.#refused = refused;
      this.#failing = new FailingImages(troubles, book, sender.lanes);
      const preflight = this.#protection;
      const parts = stryMutAct_9fa48("19") ? {} : (stryCov_9fa48("19"), {
        ...dependencies,
        preflight,
        refused,
        troubles,
        failing: this.#failing
      });
      this.#prober = new Prober(parts);
      const withProber = stryMutAct_9fa48("20") ? {} : (stryCov_9fa48("20"), {
        ...parts,
        prober: this.#prober,
        onDecided: this.#onDecided
      });
      this.#isolation = new BatchIsolation(withProber);
      this.#blame = new Blame(stryMutAct_9fa48("21") ? {} : (stryCov_9fa48("21"), {
        ...withProber,
        preflight: this.#preflight
      }));
      this.#intake = new Intake(parts);
    }
  }
  get figures() {
    if (stryMutAct_9fa48("22")) {
      {}
    } else {
      stryCov_9fa48("22");
      return stryMutAct_9fa48("23") ? {} : (stryCov_9fa48("23"), {
        ...this.#intake.figures,
        ...this.#prober.figures
      });
    }
  }

  /** @param images every change of an image, image by image; afterwards the book has all verdicts */
  async deliver(images: readonly (readonly Change[])[]): Promise<void> {
    if (stryMutAct_9fa48("24")) {
      {}
    } else {
      stryCov_9fa48("24");
      const {
        clock,
        random,
        ledger
      } = this.#dependencies;
      const lanes = lanesOf(images);
      const onTrial = stryMutAct_9fa48("25") ? lanes : (stryCov_9fa48("25"), lanes.filter(stryMutAct_9fa48("26") ? () => undefined : (stryCov_9fa48("26"), lane => stryMutAct_9fa48("29") ? this.#stateOf(lane) !== 'half-open' : stryMutAct_9fa48("28") ? false : stryMutAct_9fa48("27") ? true : (stryCov_9fa48("27", "28", "29"), this.#stateOf(lane) === (stryMutAct_9fa48("30") ? "" : (stryCov_9fa48("30"), 'half-open'))))));
      await this.#round(stryMutAct_9fa48("31") ? lanes : (stryCov_9fa48("31"), lanes.filter(stryMutAct_9fa48("32") ? () => undefined : (stryCov_9fa48("32"), lane => stryMutAct_9fa48("33") ? onTrial.includes(lane) : (stryCov_9fa48("33"), !onTrial.includes(lane))))));
      for (const lane of shuffle(onTrial, random)) await this.#tryLane(lane);
      await this.#isolation.run();
      await this.#tryFailing();
      await this.#isolation.run();
      await this.#blame.conclude();
      this.#failing.conclude(clock.now());
      this.#refused.clear();
      this.#isolation.clear();
      await this.#onDecided(ledger.held());
    }
  }

  /** Undefined where products need not be protected. */
  get #protection(): Preflight | undefined {
    if (stryMutAct_9fa48("34")) {
      {}
    } else {
      stryCov_9fa48("34");
      const {
        virtualInventory
      } = this.#dependencies.limits;
      return (stryMutAct_9fa48("37") ? virtualInventory !== 'protect' : stryMutAct_9fa48("36") ? false : stryMutAct_9fa48("35") ? true : (stryCov_9fa48("35", "36", "37"), virtualInventory === (stryMutAct_9fa48("38") ? "" : (stryCov_9fa48("38"), 'protect')))) ? this.#preflight : undefined;
    }
  }
  readonly #onDecided = (guids: readonly string[]): Promise<void> => {
    if (stryMutAct_9fa48("39")) {
      {}
    } else {
      stryCov_9fa48("39");
      const {
        ledger,
        book,
        sender
      } = this.#dependencies;
      return ledger.settle(guids, book, sender.log);
    }
  };
  #round(lanes: readonly LaneImages[]): Promise<void> {
    if (stryMutAct_9fa48("40")) {
      {}
    } else {
      stryCov_9fa48("40");
      return firstRound(this.#intake.admit(lanes), stryMutAct_9fa48("41") ? {} : (stryCov_9fa48("41"), {
        ...this.#dependencies,
        prober: this.#prober,
        preflight: this.#protection,
        isolation: this.#isolation,
        onDecided: this.#onDecided
      }));
    }
  }

  /** Sends one image of an account whose circuit is half-open, and the others once that went well. */
  async #tryLane(lane: LaneImages): Promise<void> {
    if (stryMutAct_9fa48("42")) {
      {}
    } else {
      stryCov_9fa48("42");
      const {
        clock,
        random,
        memory,
        sender
      } = this.#dependencies;
      const images = shuffle(lane.images, random);
      const before = callsOf(sender);
      while (stryMutAct_9fa48("44") ? images.length > 0 && this.#stateOf(lane) === 'half-open' || callsOf(sender) === before : stryMutAct_9fa48("43") ? false : (stryCov_9fa48("43", "44"), (stryMutAct_9fa48("46") ? images.length > 0 || this.#stateOf(lane) === 'half-open' : stryMutAct_9fa48("45") ? true : (stryCov_9fa48("45", "46"), (stryMutAct_9fa48("49") ? images.length <= 0 : stryMutAct_9fa48("48") ? images.length >= 0 : stryMutAct_9fa48("47") ? true : (stryCov_9fa48("47", "48", "49"), images.length > 0)) && (stryMutAct_9fa48("51") ? this.#stateOf(lane) !== 'half-open' : stryMutAct_9fa48("50") ? true : (stryCov_9fa48("50", "51"), this.#stateOf(lane) === (stryMutAct_9fa48("52") ? "" : (stryCov_9fa48("52"), 'half-open')))))) && (stryMutAct_9fa48("54") ? callsOf(sender) !== before : stryMutAct_9fa48("53") ? true : (stryCov_9fa48("53", "54"), callsOf(sender) === before)))) {
        if (stryMutAct_9fa48("55")) {
          {}
        } else {
          stryCov_9fa48("55");
          if (stryMutAct_9fa48("58") ? false : stryMutAct_9fa48("57") ? true : stryMutAct_9fa48("56") ? memory.riskTime.isLeft(clock.now()) : (stryCov_9fa48("56", "57", "58"), !memory.riskTime.isLeft(clock.now()))) break;
          const startedAt = clock.now();
          await this.#round(stryMutAct_9fa48("59") ? [] : (stryCov_9fa48("59"), [stryMutAct_9fa48("60") ? {} : (stryCov_9fa48("60"), {
            key: lane.key,
            images: images.splice(0, 1)
          })]));
          memory.riskTime.spend(stryMutAct_9fa48("61") ? clock.now() + startedAt : (stryCov_9fa48("61"), clock.now() - startedAt));
        }
      }
      if (stryMutAct_9fa48("64") ? this.#stateOf(lane) !== 'closed' : stryMutAct_9fa48("63") ? false : stryMutAct_9fa48("62") ? true : (stryCov_9fa48("62", "63", "64"), this.#stateOf(lane) === (stryMutAct_9fa48("65") ? "" : (stryCov_9fa48("65"), 'closed')))) return this.#round(stryMutAct_9fa48("66") ? [] : (stryCov_9fa48("66"), [stryMutAct_9fa48("67") ? {} : (stryCov_9fa48("67"), {
        key: lane.key,
        images
      })]));
      this.#bookAll(images.flat(), deferred(stryMutAct_9fa48("68") ? "" : (stryCov_9fa48("68"), 'not tried: another image of the account is'), TRIAL_LATER));
    }
  }

  /** Images that made calls fail before, each alone, as long as there is time to lose. */
  async #tryFailing(): Promise<void> {
    if (stryMutAct_9fa48("69")) {
      {}
    } else {
      stryCov_9fa48("69");
      const {
        clock,
        memory,
        ledger,
        book
      } = this.#dependencies;
      const images = Map.groupBy(this.#intake.setAside.splice(0), stryMutAct_9fa48("70") ? () => undefined : (stryCov_9fa48("70"), ({
        guid
      }) => guid));
      const inOrder = (stryMutAct_9fa48("71") ? [] : (stryCov_9fa48("71"), [...images])).toSorted(stryMutAct_9fa48("72") ? () => undefined : (stryCov_9fa48("72"), ([a], [b]) => this.#failing.compare(a, b)));
      for (const [guid, changes] of inOrder) {
        if (stryMutAct_9fa48("73")) {
          {}
        } else {
          stryCov_9fa48("73");
          const now = clock.now();
          const since = this.#failing.dueSince(guid, now);
          const last = this.#failing.lastVerdict(guid);
          const isBlocked = stryMutAct_9fa48("74") ? changes.every(({
            account
          }) => this.#isBlocked(account)) : (stryCov_9fa48("74"), changes.some(stryMutAct_9fa48("75") ? () => undefined : (stryCov_9fa48("75"), ({
            account
          }) => this.#isBlocked(account))));
          if (stryMutAct_9fa48("78") ? (since === undefined || isBlocked) && !memory.riskTime.isLeft(now) : stryMutAct_9fa48("77") ? false : stryMutAct_9fa48("76") ? true : (stryCov_9fa48("76", "77", "78"), (stryMutAct_9fa48("80") ? since === undefined && isBlocked : stryMutAct_9fa48("79") ? false : (stryCov_9fa48("79", "80"), (stryMutAct_9fa48("82") ? since !== undefined : stryMutAct_9fa48("81") ? false : (stryCov_9fa48("81", "82"), since === undefined)) || isBlocked)) || (stryMutAct_9fa48("83") ? memory.riskTime.isLeft(now) : (stryCov_9fa48("83"), !memory.riskTime.isLeft(now))))) {
            if (stryMutAct_9fa48("84")) {
              {}
            } else {
              stryCov_9fa48("84");
              this.#bookAll(changes, stryMutAct_9fa48("85") ? last && LATER : (stryCov_9fa48("85"), last ?? LATER));
              continue;
            }
          }
          for (const update of await ledger.admit(coalesce(changes), book)) {
            if (stryMutAct_9fa48("86")) {
              {}
            } else {
              stryCov_9fa48("86");
              const set = stryMutAct_9fa48("87") ? {} : (stryCov_9fa48("87"), {
                account: update.account,
                updates: stryMutAct_9fa48("88") ? [] : (stryCov_9fa48("88"), [update]),
                isChecked: stryMutAct_9fa48("89") ? true : (stryCov_9fa48("89"), false)
              });
              const finding = await this.#prober.probe(set, stryMutAct_9fa48("90") ? {} : (stryCov_9fa48("90"), {
                isLikelyToFail: stryMutAct_9fa48("91") ? false : (stryCov_9fa48("91"), true)
              }));
              if (stryMutAct_9fa48("94") ? finding.kind !== 'failed' : stryMutAct_9fa48("93") ? false : stryMutAct_9fa48("92") ? true : (stryCov_9fa48("92", "93", "94"), finding.kind === (stryMutAct_9fa48("95") ? "" : (stryCov_9fa48("95"), 'failed')))) this.#failing.note(finding, since);else this.#isolation.add(finding);
            }
          }
          memory.riskTime.spend(stryMutAct_9fa48("96") ? clock.now() + now : (stryCov_9fa48("96"), clock.now() - now));
        }
      }
    }
  }
  #isBlocked(account: string | null): boolean {
    if (stryMutAct_9fa48("97")) {
      {}
    } else {
      stryCov_9fa48("97");
      const {
        scheduler,
        lanes
      } = this.#dependencies.sender;
      return stryMutAct_9fa48("100") ? (scheduler.outOfTime ?? scheduler.blockedBy(lanes.of(account))) === undefined : stryMutAct_9fa48("99") ? false : stryMutAct_9fa48("98") ? true : (stryCov_9fa48("98", "99", "100"), (stryMutAct_9fa48("101") ? scheduler.outOfTime && scheduler.blockedBy(lanes.of(account)) : (stryCov_9fa48("101"), scheduler.outOfTime ?? scheduler.blockedBy(lanes.of(account)))) !== undefined);
    }
  }
  #bookAll(changes: readonly Change[], verdict: Retried): void {
    if (stryMutAct_9fa48("102")) {
      {}
    } else {
      stryCov_9fa48("102");
      for (const change of changes) this.#dependencies.book.book(loneUpdate(change), verdict);
    }
  }
  #stateOf({
    key
  }: LaneImages) {
    if (stryMutAct_9fa48("103")) {
      {}
    } else {
      stryCov_9fa48("103");
      const {
        clock,
        sender
      } = this.#dependencies;
      return (stryMutAct_9fa48("106") ? key !== SHARED : stryMutAct_9fa48("105") ? false : stryMutAct_9fa48("104") ? true : (stryCov_9fa48("104", "105", "106"), key === SHARED)) ? stryMutAct_9fa48("107") ? "" : (stryCov_9fa48("107"), 'closed') : sender.lanes.of(key).health.circuit.state(clock.now());
    }
  }
}
const LATER = deferred(stryMutAct_9fa48("108") ? "" : (stryCov_9fa48("108"), 'not tried: the image made calls fail before'), TRIAL_LATER);
function callsOf({
  figures
}: Sender): number {
  if (stryMutAct_9fa48("109")) {
    {}
  } else {
    stryCov_9fa48("109");
    return stryMutAct_9fa48("110") ? figures.calls - figures.listCalls : (stryCov_9fa48("110"), figures.calls + figures.listCalls);
  }
}