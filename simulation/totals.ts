import { RULES, type Rule, type Violation } from './oracle/violation.ts';
import type { Figures, Run } from './simulate.ts';

/** Rules whose violation means that an event was given up that should not have been, or so. */
const DEAD_LETTER_RULES: readonly Rule[] = [
  'WronglyDeadLettered',
  'WrongReason',
  'WronglyBlamed',
  'ExhaustedEarly',
  'OutageExhausted',
  'BlamedInOutage',
  'BlamedWithoutEvidence',
];

/** A seed that violated something. */
export interface Failure {
  readonly seed: number;
  readonly rules: readonly Rule[];
}

/** What many runs came to. */
export class Totals {
  readonly failures: Failure[] = [];
  readonly #runs: Figures[] = [];
  readonly #violations: Violation[] = [];

  add({ seed, figures, violations }: Run): void {
    this.#runs.push(figures);
    this.#violations.push(...violations);
    if (violations.length === 0) return;
    this.failures.push({ seed, rules: [...new Set(violations.map(({ rule }) => rule))] });
  }

  /** The figures, as the option `--json` prints them. */
  summary(seconds: number) {
    const sum = (figure: keyof Figures) =>
      this.#runs.reduce((total, figures) => total + figures[figure], 0);
    return {
      runs: this.#runs.length,
      events: sum('events'),
      invocations: sum('invocations'),
      calls: sum('calls'),
      acknowledged: sum('acknowledged'),
      deadLettered: sum('deadLettered'),
      lost: this.#count('Lost'),
      wronglyDeadLettered: this.#count(...DEAD_LETTER_RULES),
      wronglyAcknowledged: this.#count('WronglyAcknowledged'),
      retriesExhausted: sum('retriesExhausted'),
      movedByQueue: sum('movedByQueue'),
      withLedger: sum('withLedger'),
      withReadings: sum('withReadings'),
      acknowledgedUnseen: sum('acknowledgedUnseen'),
      blankedTexts: sum('blankedTexts'),
      listCalls: sum('listCalls'),
      staleOverwrites: sum('staleOverwrites'),
      staleOverwritesWithoutLedger: sum('staleOverwritesWithoutLedger'),
      lateArrivals: sum('lateArrivals'),
      olderAfterGivenUp: sum('olderAfterGivenUp'),
      sentAgainInDoubt: sum('sentAgainInDoubt'),
      wouldRemoveInventory: sum('wouldRemoveInventory'),
      deaths: sum('deaths'),
      violations: this.#violations.length,
      failures: this.failures,
      simulatedHours: Math.round(sum('hours')),
      seconds: Math.round(seconds * 10) / 10,
    };
  }

  #count(...rules: Rule[]): number {
    return this.#violations.filter(({ rule }) => rules.includes(rule)).length;
  }
}

/** How much of a trace is shown unasked. */
const SHOWN_LINES = 30;

/** A failing run for people: what was violated, the lines that concern it, and how to replay it. */
export function describeFailure({ seed, violations, trace }: Run): string {
  const [first] = violations;
  const kinds = Map.groupBy(violations, ({ rule }) => rule);
  const counted = [...kinds].map(([rule, { length }]) => `  ${rule} (${length}): ${RULES[rule]}`);
  // Names of events and invocations, as the trace writes them.
  const names = first?.detail.match(/\b[ei]\d+(?:\.\d+)?\b/g) ?? [];
  const mentions = names.map((name) => new RegExp(`\\b${name.replace('.', '\\.')}\\b(?!\\.)`));
  const concerned = trace.filter((line) => mentions.some((mention) => mention.test(line)));
  return [
    `Seed ${seed} violates:`,
    ...counted,
    `First at ${first?.moment}: ${first?.rule}: ${first?.detail}`,
    ...concerned.slice(0, SHOWN_LINES).map((line) => `  ${line.slice(0, 200)}`),
    `Replay: npm run simulate -- --seed ${seed} --runs 1 --trace`,
  ].join('\n');
}
