import type { MetricWithAlarmSupport } from 'cdk-monitoring-constructs';
import { PERIOD } from './metrics.ts';

/** In so many of so many periods, the newest ones, the metric is above the threshold. */
export type Periods = readonly [breaching: number, of: number];

/** For what lasts once it is there, as what lies in a queue: one of the last periods has it. */
export const LASTING: Periods = [1, 4];

/** For what may happen once by chance: it rings the second time, and holds until 35 minutes pass without. */
export const REPEATED: Periods = [2, 7];

/** For what is wrong only if it goes on and on. */
export const CONTINUOUS: Periods = [3, 4];

/**
 * The same for what is seen only when records come back: over as many periods as it takes to see them that often.
 * With fewer the alarm would be over before each return, and ring anew.
 *
 * @param pauseSeconds the longest time from one return to the next
 */
export function spanning([breaching, of]: Periods, pauseSeconds: number): Periods {
  return [breaching, Math.max(of, Math.ceil((breaching * pauseSeconds) / PERIOD.toSeconds()))];
}

/** An alarm: above the threshold in so many of so many periods. */
export interface Alarm {
  /** The alarm's name, and the name of its section in the runbook. */
  readonly name: string;
  /** `page` wakes somebody; `ticket` waits until the morning. */
  readonly level: 'page' | 'ticket';
  /** What it means, for people on call. */
  readonly meaning: string;
  readonly metric: MetricWithAlarmSupport;
  readonly above: number;
  readonly periods: Periods;
}
