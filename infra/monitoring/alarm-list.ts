import type { Alarm } from './alarm.ts';
import type { Metrics } from './metrics.ts';
import type { Monitored } from './monitored.ts';
import { pages } from './pages.ts';
import { tickets } from './tickets.ts';

/** Every alarm of a deployment. */
export function alarmList(metrics: Metrics, monitored: Monitored): Alarm[] {
  return [...pages(metrics, monitored), ...tickets(metrics, monitored)];
}
