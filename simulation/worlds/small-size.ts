import type { Scenario } from '../scenario.ts';
import { endOf } from './full-size.ts';

/** What makes a small world of a kind different from what it would be without. */
type Given = Pick<Scenario, 'streams'> & Partial<Scenario>;

/** A world whose events are those of some streams, and which is healed when their troubles are over. */
export function smallSize(usual: Scenario, given: Given): Scenario {
  const lists = given.finerworks?.lists?.until ?? 0;
  return {
    ...usual,
    // A second time in which all is refused would make good images look bad.
    periods: usual.periods.filter(({ kind }) => kind !== 'contractWrong'),
    ...given,
    healedAt: Math.max(endOf(given), lists, usual.healedAt),
    producer: { ...usual.producer, events: 0 },
  };
}
