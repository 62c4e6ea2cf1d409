import type { Update } from '../images/change.ts';
import type { Verdict } from '../queue/verdict.ts';
import type { Answer } from './answer.ts';
import type { Call } from './call.ts';
import { type CallVerdict, classify } from './classify.ts';

/** What became of every update, and what it cost. */
export interface Delivery {
  readonly verdicts: ReadonlyMap<Update, Verdict>;
  /** How many calls were sent. */
  readonly calls: number;
}

/**
 * Sends the calls one after another and carries each call's one verdict to its updates.
 *
 * One at a time: nothing is documented about rate limits, and two calls of one invocation must
 * never race each other to the same image.
 *
 * @param send sends one call with the current keys; what it throws is a defect and concerns this
 *   call alone
 */
export async function deliver(
  calls: readonly Call[],
  send: (call: Call) => Promise<Answer>,
): Promise<Delivery> {
  const verdicts = new Map<Update, Verdict>();
  let sent = 0;
  let keysRefused: Verdict | undefined;
  for (const call of calls) {
    let verdict = keysRefused;
    if (verdict === undefined) {
      sent += 1;
      const outcome = await attempt(call, send);
      verdict = toVerdict(outcome, call);
      // The next call would fail for the same cause and tell nothing of its images.
      if (verdict.kind === 'retry' && verdict.reason === 'BadKeys') keysRefused = verdict;
    }
    for (const update of call.updates) verdicts.set(update, verdict);
  }
  return { verdicts, calls: sent };
}

async function attempt(call: Call, send: (call: Call) => Promise<Answer>): Promise<CallVerdict> {
  try {
    return classify(await send(call));
  } catch (error) {
    const name = error instanceof Error ? error.name : typeof error;
    return { kind: 'retry', reason: 'Unexpected', detail: `sending the call failed: ${name}` };
  }
}

function toVerdict(outcome: CallVerdict, call: Call): Verdict {
  if (outcome.kind !== 'refused') return outcome;
  const { detail, http } = outcome;
  const guids = call.updates.map(({ guid }) => guid);
  return { kind: 'rejected', reason: 'Refused', detail, guids, http };
}
