import type { Invocation } from '../aws/invocation.ts';
import type { CallRecord, ListRecord } from '../finerworks/call-record.ts';
import type { Settings } from '../scenario.ts';
import { Circuit, isFailure, isSuccess } from './circuit.ts';
import { type Request, requestsOf } from './requests.ts';
import type { Report } from './violation.ts';

/** `Retry-After` counts whole seconds, and a date may have lost up to one. */
const DATE_TOLERANCE = 1_000;

/** What a sandbox knows of an account. */
interface Known {
  /**
   * One that counts the calls of images that failed before, and one that does not: the oracle does not
   * know when the function knows of an image, so only what breaks both is wrong.
   */
  readonly circuits: readonly Circuit[];
  /** No call before this moment. */
  waitsUntil: number;
}

/** Checks for each account that a sandbox stops calling where calls fail, and waits when asked to. */
export class CircuitRules {
  readonly #settings: Settings;
  readonly #report: Report;
  readonly #known = new Map<string, Known>();
  /** Images of calls that failed: in the ledger every sandbox sees them. */
  readonly #failed = new Set<string>();
  /** What was taken in already. */
  readonly #learned = new WeakSet<CallRecord | ListRecord>();

  constructor(settings: Settings, report: Report) {
    this.#settings = settings;
    this.#report = report;
  }

  invocationEnded(invocation: Invocation): void {
    const requests = requestsOf(invocation);
    for (const request of requests) {
      const known = this.#knownOf(invocation.sandbox, request.account);
      // What was answered by then, in the order of the answers.
      this.#learn(requests, request.at, invocation.sandbox);
      this.#check(request, known, invocation.name);
    }
    this.#learn(requests, Number.POSITIVE_INFINITY, invocation.sandbox);
  }

  #knownOf(sandbox: string, account: string | null): Known {
    const key = `${sandbox} ${account}`;
    const circuits = [new Circuit(true), new Circuit(false)];
    const known = this.#known.get(key) ?? { circuits, waitsUntil: 0 };
    this.#known.set(key, known);
    return known;
  }

  #check(request: Request, { circuits, waitsUntil }: Known, name: string): void {
    const where = `${name}: ${request.kind} of ${request.account} at ${request.at}`;
    if (request.at < waitsUntil - DATE_TOLERANCE) {
      const early = Math.round(waitsUntil - request.at);
      this.#report('RetryAfterIgnored', `${where}, ${early} ms too early`);
    }
    const { givenUpAfter = Number.POSITIVE_INFINITY } = request.record;
    const isEarly = givenUpAfter < this.#settings.callTimeoutSeconds * 1_000;
    if (isEarly && circuits.every(({ isOpen }) => isOpen)) {
      this.#report('GivenUpEarly', `${where}: after ${givenUpAfter} ms, while the circuit is open`);
    }
    const ignored = circuits.map((circuit) => circuit.ignoredBy(request));
    if (!ignored.includes(undefined)) this.#report('BreakerIgnored', `${where}${ignored[0]}`);
  }

  /** Takes in what was answered by a moment, once each. */
  #learn(requests: Request[], by: number, sandbox: string): void {
    const answered = requests
      .filter(({ record }) => isLearnedBy(record, by) && !this.#learned.has(record))
      .sort((a, b) => (a.record.answeredAt ?? 0) - (b.record.answeredAt ?? 0));
    for (const request of answered) {
      const { guids, record } = request;
      this.#learned.add(record);
      const known = this.#knownOf(sandbox, request.account);
      const isKnownToFail = guids.length === 1 && guids.every((guid) => this.#failed.has(guid));
      // Where updates go on without lists, a failed list does not count against the account.
      const isReading = 'isReading' in record && record.isReading === true;
      const isSpared = isReading && this.#settings.verify === 'sample';
      if (!(isSpared && isFailure(record))) {
        for (const circuit of known.circuits) circuit.learn(request, isKnownToFail);
      }
      if (isFailure(record)) for (const guid of guids) this.#failed.add(guid);
      if (record.retryAfter === undefined) continue;
      const heard = Math.min(record.retryAfter, this.#settings.maxRetryAfterSeconds * 1_000);
      // FinerWorks reckons a date from when the call came.
      known.waitsUntil = Math.max(known.waitsUntil, record.at + heard);
    }
  }
}

/** What goes well may be followed by a call at the same moment. */
function isLearnedBy(record: Request['record'], by: number): boolean {
  const { answeredAt = Number.POSITIVE_INFINITY } = record;
  return answeredAt < by || (answeredAt === by && isSuccess(record));
}
