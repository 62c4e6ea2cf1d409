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
import type { SQSRecord } from 'aws-lambda';
import type { EvidenceStore, MessageNote } from '../evidence/evidence-store.ts';
import { isUntried, type Retried } from '../verdicts/verdict.ts';
import { receivesOf } from './reading.ts';
import type { Settlement } from './settle.ts';

/** An item of the table has little room. */
const DETAIL_LENGTH = 200;
/** Received so often without a note: where notes are shared, the first return should have left one. */
const SUSPICIOUS_RECEIVES = stryMutAct_9fa48("0") ? {} : (stryCov_9fa48("0"), {
  shared: 2,
  own: 5
});

/** Deaths after which a record is not touched again: in a batch, among a few, and twice alone. */
export const MOST_DEATHS = 4;

/**
 * What the invocations before said of the messages that they returned. A message that came back
 * without a word may be the one that kills the process.
 */
export class MessageNotes {
  readonly #store: EvidenceStore;
  /** Undefined where they could not be read: then nobody is suspected. */
  readonly #notes: ReadonlyMap<string, MessageNote> | undefined;
  readonly #leastReceives: ReadonlyMap<string, number>;
  private constructor(store: EvidenceStore, notes: ReadonlyMap<string, MessageNote> | undefined, leastReceives: ReadonlyMap<string, number>) {
    if (stryMutAct_9fa48("1")) {
      {}
    } else {
      stryCov_9fa48("1");
      this.#store = store;
      this.#notes = notes;
      this.#leastReceives = leastReceives;
    }
  }

  /** Reads the notes on what came back. Never throws. */
  static async load(store: EvidenceStore, records: readonly SQSRecord[]): Promise<MessageNotes> {
    if (stryMutAct_9fa48("2")) {
      {}
    } else {
      stryCov_9fa48("2");
      // One message can stand twice in a batch, received once more the second time.
      const receives = new Map<string, number>();
      for (const record of records) {
        if (stryMutAct_9fa48("3")) {
          {}
        } else {
          stryCov_9fa48("3");
          const {
            messageId
          } = record;
          receives.set(messageId, stryMutAct_9fa48("4") ? Math.max(receives.get(messageId) ?? Infinity, receivesOf(record)) : (stryCov_9fa48("4"), Math.min(stryMutAct_9fa48("5") ? receives.get(messageId) && Infinity : (stryCov_9fa48("5"), receives.get(messageId) ?? Infinity), receivesOf(record))));
        }
      }
      const returned = (stryMutAct_9fa48("6") ? [] : (stryCov_9fa48("6"), [...receives])).flatMap(stryMutAct_9fa48("7") ? () => undefined : (stryCov_9fa48("7"), ([id, count]) => (stryMutAct_9fa48("11") ? count <= 1 : stryMutAct_9fa48("10") ? count >= 1 : stryMutAct_9fa48("9") ? false : stryMutAct_9fa48("8") ? true : (stryCov_9fa48("8", "9", "10", "11"), count > 1)) ? stryMutAct_9fa48("12") ? [] : (stryCov_9fa48("12"), [id]) : stryMutAct_9fa48("13") ? ["Stryker was here"] : (stryCov_9fa48("13"), [])));
      if (stryMutAct_9fa48("16") ? returned.length !== 0 : stryMutAct_9fa48("15") ? false : stryMutAct_9fa48("14") ? true : (stryCov_9fa48("14", "15", "16"), returned.length === 0)) return new MessageNotes(store, new Map(), receives);
      const notes = await store.loadNotes(returned).catch(() => undefined);
      return new MessageNotes(store, notes, receives);
    }
  }
  of(messageId: string): MessageNote | undefined {
    if (stryMutAct_9fa48("17")) {
      {}
    } else {
      stryCov_9fa48("17");
      return stryMutAct_9fa48("18") ? this.#notes.get(messageId) : (stryCov_9fa48("18"), this.#notes?.get(messageId));
    }
  }

  /** How often the process died with the record; undefined where nothing points to that. */
  deathsOf({
    messageId
  }: SQSRecord): number | undefined {
    if (stryMutAct_9fa48("19")) {
      {}
    } else {
      stryCov_9fa48("19");
      if (stryMutAct_9fa48("22") ? this.#notes !== undefined : stryMutAct_9fa48("21") ? false : stryMutAct_9fa48("20") ? true : (stryCov_9fa48("20", "21", "22"), this.#notes === undefined)) return undefined;
      const note = this.#notes.get(messageId);
      if (stryMutAct_9fa48("25") ? note === undefined : stryMutAct_9fa48("24") ? false : stryMutAct_9fa48("23") ? true : (stryCov_9fa48("23", "24", "25"), note !== undefined)) return (stryMutAct_9fa48("29") ? note.begun <= 0 : stryMutAct_9fa48("28") ? note.begun >= 0 : stryMutAct_9fa48("27") ? false : stryMutAct_9fa48("26") ? true : (stryCov_9fa48("26", "27", "28", "29"), note.begun > 0)) ? note.begun : undefined;
      const least = this.#store.isShared ? SUSPICIOUS_RECEIVES.shared : SUSPICIOUS_RECEIVES.own;
      return (stryMutAct_9fa48("33") ? (this.#leastReceives.get(messageId) ?? 0) < least : stryMutAct_9fa48("32") ? (this.#leastReceives.get(messageId) ?? 0) > least : stryMutAct_9fa48("31") ? false : stryMutAct_9fa48("30") ? true : (stryCov_9fa48("30", "31", "32", "33"), (stryMutAct_9fa48("34") ? this.#leastReceives.get(messageId) && 0 : (stryCov_9fa48("34"), this.#leastReceives.get(messageId) ?? 0)) >= least)) ? 0 : undefined;
    }
  }

  /** What stands in the way of a record: that of the last call for it, where this time there was none. */
  causeOf({
    messageId
  }: SQSRecord, verdict: Retried): Pick<MessageNote, 'reason' | 'detail'> {
    if (stryMutAct_9fa48("35")) {
      {}
    } else {
      stryCov_9fa48("35");
      const note = this.of(messageId);
      const hasFailed = stryMutAct_9fa48("38") ? note !== undefined || note.failures > 0 : stryMutAct_9fa48("37") ? false : stryMutAct_9fa48("36") ? true : (stryCov_9fa48("36", "37", "38"), (stryMutAct_9fa48("40") ? note === undefined : stryMutAct_9fa48("39") ? true : (stryCov_9fa48("39", "40"), note !== undefined)) && (stryMutAct_9fa48("43") ? note.failures <= 0 : stryMutAct_9fa48("42") ? note.failures >= 0 : stryMutAct_9fa48("41") ? true : (stryCov_9fa48("41", "42", "43"), note.failures > 0)));
      return (stryMutAct_9fa48("46") ? isUntried(verdict) || hasFailed : stryMutAct_9fa48("45") ? false : stryMutAct_9fa48("44") ? true : (stryCov_9fa48("44", "45", "46"), isUntried(verdict) && hasFailed)) ? note : verdict;
    }
  }

  /** How often a call for the record failed, this time included where one did. */
  failuresWith(record: SQSRecord, verdict: Retried): number {
    if (stryMutAct_9fa48("47")) {
      {}
    } else {
      stryCov_9fa48("47");
      const before = stryMutAct_9fa48("48") ? this.of(record.messageId)?.failures && receivesOf(record) - 1 : (stryCov_9fa48("48"), (stryMutAct_9fa48("49") ? this.of(record.messageId).failures : (stryCov_9fa48("49"), this.of(record.messageId)?.failures)) ?? (stryMutAct_9fa48("50") ? receivesOf(record) + 1 : (stryCov_9fa48("50"), receivesOf(record) - 1)));
      return stryMutAct_9fa48("51") ? before - Number(!isUntried(verdict)) : (stryCov_9fa48("51"), before + Number(stryMutAct_9fa48("52") ? isUntried(verdict) : (stryCov_9fa48("52"), !isUntried(verdict))));
    }
  }

  /** Says that processing begins, for whoever finds that it never ended. @returns whether that is written */
  async begin(records: readonly SQSRecord[]): Promise<boolean> {
    if (stryMutAct_9fa48("53")) {
      {}
    } else {
      stryCov_9fa48("53");
      const notes = records.map((record): [string, MessageNote] => {
        if (stryMutAct_9fa48("54")) {
          {}
        } else {
          stryCov_9fa48("54");
          const note = this.of(record.messageId);
          const {
            reason = stryMutAct_9fa48("55") ? "" : (stryCov_9fa48("55"), 'Crashed'),
            detail = stryMutAct_9fa48("56") ? "Stryker was here!" : (stryCov_9fa48("56"), ''),
            failures = 0,
            begun = 0
          } = stryMutAct_9fa48("57") ? note && {} : (stryCov_9fa48("57"), note ?? {});
          return stryMutAct_9fa48("58") ? [] : (stryCov_9fa48("58"), [record.messageId, stryMutAct_9fa48("59") ? {} : (stryCov_9fa48("59"), {
            reason,
            detail,
            failures,
            begun: stryMutAct_9fa48("60") ? begun - 1 : (stryCov_9fa48("60"), begun + 1)
          })]);
        }
      });
      return this.#store.saveNotes(new Map(notes)).then(stryMutAct_9fa48("61") ? () => undefined : (stryCov_9fa48("61"), () => stryMutAct_9fa48("62") ? false : (stryCov_9fa48("62"), true)), stryMutAct_9fa48("63") ? () => undefined : (stryCov_9fa48("63"), () => stryMutAct_9fa48("64") ? true : (stryCov_9fa48("64"), false)));
    }
  }

  /** Says why records go back. Never throws: without a note they come last the next time. */
  async save(settlements: readonly Settlement[]): Promise<void> {
    if (stryMutAct_9fa48("65")) {
      {}
    } else {
      stryCov_9fa48("65");
      const notes = new Map<string, MessageNote>();
      for (const {
        reading,
        verdict
      } of settlements) {
        if (stryMutAct_9fa48("66")) {
          {}
        } else {
          stryCov_9fa48("66");
          if (stryMutAct_9fa48("69") ? verdict.kind === 'retry' : stryMutAct_9fa48("68") ? false : stryMutAct_9fa48("67") ? true : (stryCov_9fa48("67", "68", "69"), verdict.kind !== (stryMutAct_9fa48("70") ? "" : (stryCov_9fa48("70"), 'retry')))) continue;
          const {
            messageId
          } = reading.record;
          const {
            reason,
            detail
          } = this.causeOf(reading.record, verdict);
          const failures = this.failuresWith(reading.record, verdict);
          notes.set(messageId, stryMutAct_9fa48("71") ? {} : (stryCov_9fa48("71"), {
            reason,
            detail: stryMutAct_9fa48("72") ? detail : (stryCov_9fa48("72"), detail.slice(0, DETAIL_LENGTH)),
            failures,
            begun: 0
          }));
        }
      }
      if (stryMutAct_9fa48("76") ? notes.size <= 0 : stryMutAct_9fa48("75") ? notes.size >= 0 : stryMutAct_9fa48("74") ? false : stryMutAct_9fa48("73") ? true : (stryCov_9fa48("73", "74", "75", "76"), notes.size > 0)) await this.#store.saveNotes(notes).catch(() => {});
    }
  }
}