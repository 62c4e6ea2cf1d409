import type { Invocation } from '../aws/invocation.ts';
import type { Settings } from '../scenario.ts';
import { type Request, requestsOf } from './requests.ts';
import type { Report } from './violation.ts';

/** Documented in docs/retries.md. */
const LEAST = 5_000;
const TIMES_AN_ANSWER = 10;
const ANSWER_COUNTS_FOR = 600_000;
/** Once, and again where a death or a failed write forgot that it failed. */
const MAX_IN_A_ROW = 3;
/** Sums of fractions of milliseconds differ in their last bits. */
const TOLERANCE = 1;

/** What a sandbox saw of one account. */
interface Seen {
  hasHung: boolean;
  /** The last call that went through, by kind: when, and how long it took. */
  readonly answered: Map<Request['kind'], { readonly at: number; readonly took: number }>;
  /** When an update went through last. */
  updatedAt: number;
  /** How often in a row the call of an image alone was given up early, and when it was last. */
  readonly givenUp: Map<string, { readonly times: number; readonly at: number }>;
}

/** Checks that no call is given up before its timeout without a reason, and no image each time. */
export class WaitingRules {
  readonly #whole: number;
  readonly #report: Report;
  readonly #seen = new Map<string, Seen>();

  constructor({ callTimeoutSeconds }: Settings, report: Report) {
    this.#whole = callTimeoutSeconds * 1_000;
    this.#report = report;
  }

  invocationEnded(invocation: Invocation): void {
    const { sandbox, name } = invocation;
    const requests = requestsOf(invocation);
    // Lists are under way side by side: the result of one is known when it is answered.
    const answered = requests.toSorted((a, b) => answerOf(a) - answerOf(b));
    const learnUntil = (time: number) => {
      for (let [next] = answered; next && answerOf(next) <= time; [next] = answered) {
        answered.shift();
        this.#learn(next, this.#seenBy(sandbox, next.account));
      }
    };
    for (const request of requests) {
      learnUntil(request.at);
      this.#check(request, this.#seenBy(sandbox, request.account), name);
    }
    learnUntil(Number.POSITIVE_INFINITY);
  }

  #seenBy(sandbox: string, account: string | null): Seen {
    const key = `${sandbox} ${account}`;
    const known = this.#seen.get(key) ?? {
      hasHung: false,
      answered: new Map(),
      updatedAt: 0,
      givenUp: new Map(),
    };
    this.#seen.set(key, known);
    return known;
  }

  #check(request: Request, { hasHung, answered, givenUp }: Seen, name: string): void {
    const { givenUpAfter } = request.record;
    if (!this.#isEarly(givenUpAfter)) return;
    const last = answered.get(request.kind);
    const isAnswered = last !== undefined && request.at - last.at <= ANSWER_COUNTS_FOR;
    const enough = Math.max(LEAST, TIMES_AN_ANSWER * (last?.took ?? 0)) - TOLERANCE;
    const [only = '', ...others] = request.guids;
    const isStarved = others.length === 0 && (givenUp.get(only)?.times ?? 0) >= MAX_IN_A_ROW;
    if (hasHung && isAnswered && givenUpAfter >= enough && !isStarved) return;
    this.#report(
      'GivenUpEarly',
      `${name}: ${request.kind} of ${request.account} at ${request.at} after ${givenUpAfter} ms, ${isStarved ? 'once more' : `the last one took ${last?.took} ms`}`,
    );
  }

  #learn({ kind, guids, record }: Request, seen: Seen): void {
    const { answered, givenUp } = seen;
    const { meaning, answeredAt = 0, isTimedOut, givenUpAfter } = record;
    if (meaning === 'applied') answered.set(kind, { at: answeredAt, took: answeredAt - record.at });
    if (meaning === 'applied' && kind === 'update') seen.updatedAt = answeredAt;
    if (isTimedOut) seen.hasHung = true;
    const isGivenUp = isTimedOut && this.#isEarly(givenUpAfter);
    for (const guid of guids) {
      if (!isGivenUp) givenUp.delete(guid);
      else if (guids.length === 1) {
        const { times, at } = givenUp.get(guid) ?? { times: 0, at: answeredAt };
        // While nothing goes through, nothing speaks against the image.
        const isCounted = times === 0 || seen.updatedAt > at;
        givenUp.set(guid, { times: times + Number(isCounted), at: answeredAt });
      }
    }
  }

  #isEarly(givenUpAfter: number | undefined): givenUpAfter is number {
    return givenUpAfter !== undefined && givenUpAfter < this.#whole - TOLERANCE;
  }
}

/** When it was answered, or given up; milliseconds since 1970. */
function answerOf({ record }: Request): number {
  return record.answeredAt ?? Number.POSITIVE_INFINITY;
}
