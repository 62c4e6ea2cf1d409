import type { Change, Update } from '../images/change.ts';
import type { Reading } from './reading.ts';
import type { Rejected, Verdict } from './verdict.ts';

/** A record and what is to become of it. */
export interface Settlement {
  readonly reading: Reading;
  readonly verdict: Verdict;
}

/**
 * Carries the verdicts back from updates over changes to records.
 *
 * A record is acknowledged when all its images went well; it is retried if any image must be
 * retried, because then it comes back whole; else it is rejected if any image was rejected. An
 * image without a verdict is a retry: an unknown state must never pass for success.
 */
export function settle(
  readings: readonly Reading[],
  verdicts: ReadonlyMap<Update, Verdict>,
): Settlement[] {
  const byChange = new Map<Change, Verdict[]>();
  for (const [update, verdict] of verdicts) {
    for (const change of update.changes) {
      byChange.set(change, [...(byChange.get(change) ?? []), verdict]);
    }
  }
  return readings.map((reading) => {
    const ofImages = reading.changes.flatMap((change) => byChange.get(change) ?? [NO_VERDICT]);
    return { reading, verdict: reading.verdict ?? combine(ofImages) };
  });
}

const NO_VERDICT: Verdict = {
  kind: 'retry',
  reason: 'Unexpected',
  detail: 'an image of the record got no verdict',
};

function combine(verdicts: readonly Verdict[]): Verdict {
  const retried = verdicts.find(({ kind }) => kind === 'retry');
  if (retried !== undefined) return retried;
  const rejected = verdicts.filter((verdict) => verdict.kind === 'rejected');
  const first = rejected[0];
  return first === undefined ? (verdicts[0] ?? NO_VERDICT) : combineRejected(first, rejected);
}

/** One dead letter tells of all its record's rejected images. */
function combineRejected(first: Rejected, all: readonly Rejected[]): Rejected {
  const details = new Set(all.map(({ detail }) => detail));
  const guids = new Set(all.flatMap(({ guids }) => guids ?? []));
  return { ...first, detail: [...details].join('; '), guids: [...guids] };
}
