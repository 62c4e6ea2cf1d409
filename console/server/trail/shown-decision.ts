import { type Decided, nameOf } from '../../../cli/trail/timeline.ts';
import type { TrailRecord } from '../../../lambda/trail/read-trail.ts';
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
  /** The messages as which its dead letter was sent again, as far as they were decided too. */
  readonly redrivenAs: readonly string[];
}

/**
 * Makes decisions ready for the page.
 *
 * @param records among which the redrives of dead letters are looked for
 * @returns what makes one ready
 */
export function showingOf(
  records: readonly TrailRecord[],
  snapshot: Snapshot,
): (decided: Decided) => ShownDecision {
  // Redrives of an event are numbered from its first message on: the next number tells what came of a letter.
  const redriven = Map.groupBy(records, ({ origin }) => keyOf(origin?.messageId, origin?.redrives));
  const redrivesOf = ({ letterId, messageId, origin }: Decided) => {
    const { messageId: first, redrives } = origin ?? { messageId, redrives: 0 };
    if (letterId === undefined || redrives === undefined) return [];
    const again = redriven.get(keyOf(first, redrives + 1)) ?? [];
    return [...new Set(again.map((record) => record.messageId))];
  };
  return (decided) => {
    const { id, messageId, letterId, guids } = decided;
    return {
      ...decided,
      guids: guids.slice(0, MAX_GUIDS),
      eventId: id ?? messageId,
      name: nameOf(decided),
      hasLetter: letterId !== undefined && snapshot.find(letterId) !== undefined,
      redrivenAs: redrivesOf(decided),
    };
  };
}

function keyOf(firstMessageId: string | undefined, redrives: number | undefined): string {
  return `${redrives} of ${firstMessageId}`;
}
