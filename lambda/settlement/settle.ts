import type { ParsedRecord } from '../records/parse-record.ts';
import { isSettled, type Rejected, type Settled, type Verdict } from '../verdicts/verdict.ts';
import type { VerdictRegistry } from '../verdicts/verdict-registry.ts';

/** A record and its verdict. */
export interface RecordOutcome {
  readonly parsed: ParsedRecord;
  readonly verdict: Verdict;
  /** Where it is rejected and the dead-letter queue has it. */
  readonly deadLetter?: {
    /** In the dead-letter queue. */
    readonly messageId: string;
    /** The text of `failure`, where the letter has no room for it. */
    readonly failureBeside?: string;
  };
}

const NO_VERDICT: Verdict = {
  kind: 'retry',
  reason: 'Unexpected',
  detail: 'an image of the record got no verdict',
};

/**
 * Carries the verdicts back from changes to records.
 *
 * A record is acknowledged when all its images went well. It is retried if any image must be retried,
 * because it comes back whole. Otherwise it is rejected if any image was rejected. An image without a
 * verdict is a retry: an unknown state must never count as success.
 */
export function settle(
  parsedRecords: readonly ParsedRecord[],
  registry: VerdictRegistry,
): RecordOutcome[] {
  return parsedRecords.map((parsed) => ({
    parsed,
    verdict: parsed.verdict ?? judge(parsed, registry),
  }));
}

function judge({ changes }: ParsedRecord, registry: VerdictRegistry): Verdict {
  const lone = changes.length === 1 && changes[0] ? registry.decisionsOf(changes[0]) : [];
  // Most records have one image with one verdict.
  if (lone.length === 1 && lone[0] && isSettled(lone[0].verdict)) return lone[0].verdict;
  const verdicts = changes.flatMap((change) => {
    const ofChange = registry.of(change);
    return ofChange.length > 0 ? ofChange : [NO_VERDICT];
  });
  const retried = verdicts.find(({ kind }) => kind === 'retry');
  if (retried !== undefined) return retried;
  const rejected = verdicts.filter((verdict) => verdict.kind === 'rejected');
  const first = rejected[0];
  return first === undefined ? bestOf(verdicts.filter(isSettled)) : combine(first, rejected);
}

/** The messages that go back to the queue. A message that is there twice goes back if either does. */
export function returnedIds(outcomes: readonly RecordOutcome[]): Set<string> {
  return new Set(
    outcomes.flatMap(({ parsed, verdict }) =>
      verdict.kind === 'retry' ? [parsed.record.messageId] : [],
    ),
  );
}

/** A record counts as applied where any of its images does. */
function bestOf(settled: readonly Settled[]): Verdict {
  const kinds = ['applied', 'unchanged', 'superseded'] as const;
  const best = kinds.find((kind) => settled.some((verdict) => verdict.kind === kind));
  return best === undefined ? NO_VERDICT : { kind: best };
}

/** One dead letter names all rejected images of its record. */
function combine(first: Rejected, all: readonly Rejected[]): Rejected {
  const details = new Set(all.map(({ detail }) => detail));
  const guids = new Set(all.flatMap(({ guids }) => guids ?? []));
  return { ...first, detail: [...details].join('; '), guids: [...guids] };
}
