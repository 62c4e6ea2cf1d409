/** What an alarm does where there is no data (AWS: CloudWatch, TreatMissingData). */
export type TreatMissingData = 'breaching' | 'notBreaching' | 'ignore' | 'missing';
export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** Periods that are looked at beyond those that are evaluated, as in the examples of AWS. */
export const EXTRA_PERIODS = 2;

export interface Rule {
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly treatMissingData: TreatMissingData;
}

/**
 * The state of an alarm, as CloudWatch decides it (AWS: CloudWatch, configuring how alarms treat missing
 * data): by the newest values that there are in the evaluation range, as many as are evaluated. Only
 * where there are fewer, missing ones are filled in.
 *
 * @param points whether each value breaches, the newest last, undefined where there is none: the evaluated
 *   periods and {@link EXTRA_PERIODS} before
 * @param before the state until now
 */
export function stateOf(
  points: readonly (boolean | undefined)[],
  { evaluationPeriods, datapointsToAlarm, treatMissingData }: Rule,
  before: AlarmState,
): AlarmState {
  const real = points.filter((point) => point !== undefined);
  const evaluated = real.slice(-evaluationPeriods);
  const breaching = evaluated.filter(Boolean).length;
  const filled = evaluationPeriods - evaluated.length;
  if (breaching >= datapointsToAlarm) return 'ALARM';
  if (filled === 0 || treatMissingData === 'notBreaching') return 'OK';
  if (treatMissingData === 'breaching') {
    return breaching + filled >= datapointsToAlarm ? 'ALARM' : 'OK';
  }
  // A value within the threshold decides; breaching ones alone are too few to.
  if (breaching < real.length) return 'OK';
  if (treatMissingData === 'ignore') return before;
  if (real.length === 0) return 'INSUFFICIENT_DATA';
  const ageOfOldest = points.length - points.findIndex((point) => point !== undefined);
  return ageOfOldest >= datapointsToAlarm ? 'ALARM' : 'OK';
}
