import { hoursIn } from '../../lambda/trail/read-trail.ts';
import type { Trail } from '../aws/trail.ts';
import { plural } from '../terminal/plural.ts';
import { startProgress } from '../terminal/progress.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { type Look, lookUp, type Reading, renderReading, USUAL_DAYS, unitsOf } from './look-up.ts';

/** Looks into a trail with a bar that shows how far it is; Ctrl-C ends it with what was found. */
export function lookAtTerminal(trail: Trail, terminal: Terminal): Look {
  return async (period, wanted) => {
    const bar = startProgress(terminal, hoursIn(period), 'Reading the trail');
    const reading = await lookUp(trail, period, wanted, {
      stop: terminal.interruption.defer(),
      onHour: ({ hours, since }) => {
        bar.advance(1, `${plural(hours, 'hour')} read, back to ${since}`);
      },
    });
    bar.stop(`${plural(reading.hours, 'hour')} read`);
    return reading;
  };
}

/** What was read, and what it would take to look further back. */
export function renderReadingAndMore(reading: Reading): string {
  const { hours, readUnits } = reading;
  const all = USUAL_DAYS * 24;
  if (hours >= all) return renderReading(reading);
  const more = unitsOf((readUnits / Math.max(1, hours)) * all);
  return `${renderReading(reading)} --since ${USUAL_DAYS}d takes up to ${more}; a million are $0.13 (docs/trail.md).`;
}
