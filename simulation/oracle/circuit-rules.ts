import type { Invocation } from '../aws/invocation.ts';
import type { CallRecord, LookRecord } from '../finerworks/call-record.ts';
import type { Settings } from '../scenario.ts';
import { type Request, requestsOf } from './requests.ts';
import type { Report } from './violation.ts';

/** Documented in docs/retries.md. */
const FAILURES_TO_OPEN = 5;
const WEIGHT_OF_TIMEOUT = 2;
const FIRST_OPEN = 30_000;
const LONGEST_OPEN = 300_000;
/** `Retry-After` counts whole seconds, and a date may have lost up to one. */
const DATE_TOLERANCE = 1_000;

/** What a sandbox knows of an account. */
interface Circuit {
  /** In a row, by kind: looks that are answered do not hide that no update is. */
  readonly failures: Record<Request['kind'], number>;
  openedAt: number;
  /** How long it is open; 0 while it is closed. */
  openFor: number;
  /** What failed last when it opened: only the same closes it. */
  openedBy: Request['kind'];
  /** No call before this moment. */
  waitsUntil: number;
}

/** Checks for each account that a sandbox stops calling where calls fail, and waits when asked to. */
export class CircuitRules {
  readonly #settings: Settings;
  readonly #report: Report;
  readonly #circuits = new Map<string, Circuit>();
  /** Images of calls that failed: in the ledger every sandbox sees them. */
  readonly #failed = new Set<string>();
  /** What was taken in already. */
  readonly #learned = new WeakSet<CallRecord | LookRecord>();

  constructor(settings: Settings, report: Report) {
    this.#settings = settings;
    this.#report = report;
  }

  invocationEnded(invocation: Invocation): void {
    const requests = requestsOf(invocation);
    for (const request of requests) {
      const circuit = this.#circuitOf(invocation.sandbox, request.account);
      // What was answered by then, in the order of the answers.
      this.#learn(requests, request.at, invocation.sandbox);
      this.#check(request, circuit, invocation.name);
    }
    this.#learn(requests, Number.POSITIVE_INFINITY, invocation.sandbox);
  }

  #circuitOf(sandbox: string, account: string | null): Circuit {
    const key = `${sandbox} ${account}`;
    const known = this.#circuits.get(key) ?? {
      failures: { update: 0, look: 0 },
      openedAt: 0,
      openFor: 0,
      openedBy: 'update',
      waitsUntil: 0,
    };
    this.#circuits.set(key, known);
    return known;
  }

  #check(request: Request, circuit: Circuit, name: string): void {
    const where = `${name}: ${request.kind} of ${request.account} at ${request.at}`;
    if (request.at < circuit.waitsUntil - DATE_TOLERANCE) {
      const early = Math.round(circuit.waitsUntil - request.at);
      this.#report('RetryAfterIgnored', `${where}, ${early} ms too early`);
    }
    if (circuit.openFor === 0) return;
    const { givenUpAfter = Number.POSITIVE_INFINITY } = request.record;
    if (givenUpAfter < this.#settings.callTimeoutSeconds * 1_000) {
      this.#report('GivenUpEarly', `${where}: after ${givenUpAfter} ms, while the circuit is open`);
    }
    if (request.at < circuit.openedAt + circuit.openFor - 1) {
      this.#report('BreakerIgnored', `${where}, open since ${circuit.openedAt}`);
    } else if (request.guids.length > 1) {
      this.#report('BreakerIgnored', `${where}: ${request.guids.length} images at first`);
    }
  }

  /** Takes in what was answered by a moment, once each. */
  #learn(requests: Request[], by: number, sandbox: string): void {
    const answered = requests
      .filter(({ record }) => isLearnedBy(record, by) && !this.#learned.has(record))
      .sort((a, b) => (a.record.answeredAt ?? 0) - (b.record.answeredAt ?? 0));
    for (const request of answered) {
      this.#learned.add(request.record);
      this.#learnOne(request, this.#circuitOf(sandbox, request.account));
    }
  }

  #learnOne({ kind, guids, record }: Request, circuit: Circuit): void {
    const { meaning, answeredAt = 0, retryAfter, at } = record;
    if (retryAfter !== undefined) {
      const heard = Math.min(retryAfter, this.#settings.maxRetryAfterSeconds * 1_000);
      // FinerWorks reckons a date from when the call came.
      circuit.waitsUntil = Math.max(circuit.waitsUntil, at + heard);
    }
    if (isSuccess(record)) {
      circuit.failures[kind] = 0;
      if (circuit.openedBy === kind) circuit.openFor = 0;
      return;
    }
    if (meaning !== 'transient' || record.isReset === true) return;
    const isKnownToFail = guids.length === 1 && guids.every((guid) => this.#failed.has(guid));
    for (const guid of guids) this.#failed.add(guid);
    // An image that fails by itself says nothing of its account.
    if (isKnownToFail) return;
    if (circuit.openFor > 0) {
      open(circuit, kind, answeredAt, Math.min(LONGEST_OPEN, circuit.openFor * 2));
      return;
    }
    circuit.failures[kind] += record.isTimedOut === true ? WEIGHT_OF_TIMEOUT : 1;
    if (circuit.failures[kind] >= FAILURES_TO_OPEN) open(circuit, kind, answeredAt, FIRST_OPEN);
  }
}

function open(circuit: Circuit, by: Request['kind'], at: number, duration: number): void {
  circuit.openFor = duration;
  circuit.openedAt = at;
  circuit.openedBy = by;
  circuit.failures[by] = 0;
}

function isSuccess({ meaning }: Request['record']): boolean {
  return meaning === 'applied' || meaning === 'refused';
}

/** What goes well may be followed by a call at the same moment. */
function isLearnedBy(record: Request['record'], by: number): boolean {
  const { answeredAt = Number.POSITIVE_INFINITY } = record;
  return answeredAt < by || (answeredAt === by && isSuccess(record));
}
