import type { MetricWithAlarmSupport } from 'cdk-monitoring-constructs';

/** In so many of so many periods, the newest ones, the metric is above the threshold. */
type Periods = readonly [breaching: number, of: number];

/**
 * For what lasts once it is there: ages, and what lies in a queue. A record that fails comes back after 15
 * minutes at most (lambda/settlement/visibility.ts), so that one of four periods of five minutes has it,
 * and the alarm rings once however long that takes.
 */
export const LASTING: Periods = [1, 4];

/** For what may happen once by chance: it rings the second time, and holds until 35 minutes pass without. */
export const REPEATED: Periods = [2, 7];

/** For what is wrong only if it goes on and on. */
export const CONTINUOUS: Periods = [3, 4];

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
