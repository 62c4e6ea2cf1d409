import { type Decided, nameOf } from '../../../cli/trail/timeline.ts';
import type { Snapshot } from '../letters/snapshot.ts';

/** Images of one record that the page names: an event can have thousands. */
const MAX_GUIDS = 20;

/** What was decided of a record, as the page shows it. */
export interface ShownDecision extends Decided {
  /** What finds the event: its own id, or that of its message. */
  readonly eventId: string;
  readonly name: string;
  /** Whether its dead letter is among those that the console has read. */
  readonly hasLetter: boolean;
}

/** A decision for the page, with its first images. */
export function shownDecision(decided: Decided, snapshot: Snapshot): ShownDecision {
  const { id, messageId, letterId, guids } = decided;
  return {
    ...decided,
    guids: guids.slice(0, MAX_GUIDS),
    eventId: id ?? messageId,
    name: nameOf(decided),
    hasLetter: letterId !== undefined && snapshot.find(letterId) !== undefined,
  };
}
