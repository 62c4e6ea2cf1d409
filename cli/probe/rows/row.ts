import type { FactName, Facts, Probed } from '../../../infra/doctor/probed.ts';

/** One line of the table. */
export interface Row {
  readonly fact: FactName;
  readonly assumption: string;
  readonly seen: string;
  /** Whether the assumption holds; unknown where nothing was seen. */
  readonly result: 'holds' | 'differs' | 'unknown';
  /** What to set, or to mind; empty where there is nothing. */
  readonly set: string;
}

/** What is said of a fact: as assumed, or not, and then what to set. */
export interface Judgement {
  readonly seen: string;
  readonly holds: boolean;
  readonly set?: string;
}

/** Makes a line of what was seen. */
export type Rule = (facts: Facts, notSeen: Probed['notSeen']) => Row;

/** A line about one fact. */
export function row<Name extends FactName>(
  fact: Name,
  assumption: string,
  judge: (value: NonNullable<Facts[Name]>) => Judgement,
): Rule {
  return (facts, notSeen) => {
    const value = facts[fact];
    if (value === undefined || value === null) {
      const seen = `not seen: ${notSeen[fact] ?? 'not asked'}`;
      return { fact, assumption, seen, result: 'unknown', set: '' };
    }
    const { seen, holds, set = '' } = judge(value);
    return { fact, assumption, seen, result: holds ? 'holds' : 'differs', set };
  };
}

/**
 * A judgement for each value that a fact can have.
 *
 * @param good those that are as assumed
 */
export function each<Value extends string>(
  judgements: Readonly<Record<Value, readonly [seen: string, set?: string]>>,
  ...good: readonly NoInfer<Value>[]
): (value: Value) => Judgement {
  return (value) => {
    const [seen, set] = judgements[value];
    return { seen, holds: good.includes(value), ...(set !== undefined && { set }) };
  };
}

/** What can only be told. */
export const NO_SETTING = 'no setting helps: report it';
