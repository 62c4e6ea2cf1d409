import type { Readings } from '../../local/finerworks/readings.ts';
import type { Library } from '../finerworks/library.ts';
import type { ProducedEvent } from '../producer/event.ts';
import type { Settings } from '../scenario.ts';

/** What the oracle knows from the beginning. */
export interface OracleKnowledge {
  readonly settings: Settings;
  readonly library: Library;
  /** The largest body that FinerWorks takes. */
  readonly maxBytes: number;
  /** What FinerWorks does where its documentation leaves it open. */
  readonly readings: Readings;
  /** Milliseconds by which lists are late at worst. */
  readonly lag: number;
  /** Whether an event ends the process that touches it. */
  readonly isKiller: (event: ProducedEvent) => boolean;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** The present, as the trace writes it. */
  readonly moment: () => string;
}
