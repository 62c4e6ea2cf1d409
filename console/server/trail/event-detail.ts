import type { Found } from '../../../cli/trail/find-event.ts';
import { renderReading } from '../../../cli/trail/look-up.ts';
import { headingOf, isAtFault, type Sent, timelineOf } from '../../../cli/trail/timeline.ts';
import type { TrailRecord } from '../../../lambda/trail/read-trail.ts';
import type { Snapshot } from '../letters/snapshot.ts';
import { type ShownDecision, showingOf } from './shown-decision.ts';

/** Rows of a timeline that the page shows: an id that many events share has more. */
const MAX_ROWS = 500;
/** Images that the page names, with the newest verdict about each. */
const MAX_IMAGES = 100;

/** An image of an event, and the newest verdict about it. */
export interface ImageOfEvent {
  readonly guid: string;
  readonly verdict: string;
  readonly reason?: string | undefined;
  /** False where only other images of the event were refused. */
  readonly isAtFault: boolean;
}

/** What became of an event. */
export interface EventDetail {
  /** Null where the trail does not know it. */
  readonly heading: string | null;
  /** Oldest first; of very many, the newest. */
  readonly rows: readonly (Sent | ShownDecision)[];
  /** Older rows that are left out. */
  readonly rowsLeft: number;
  readonly images: readonly ImageOfEvent[];
  readonly imageCount: number;
  /** What was read of the trail. */
  readonly reading: string;
}

/** What the page shows of an event. */
export function eventDetail({ records, reading }: Found, snapshot: Snapshot): EventDetail {
  const all = timelineOf(records).map(({ json }) => json);
  const show = showingOf(records, snapshot);
  const rows = all.slice(-MAX_ROWS).map((row) => (row.what === 'sent' ? row : show(row)));
  const images = imagesOf(records);
  return {
    heading: records.length === 0 ? null : headingOf(records),
    rows,
    rowsLeft: all.length - rows.length,
    images: images.slice(0, MAX_IMAGES),
    imageCount: images.length,
    reading: renderReading(reading),
  };
}

function imagesOf(records: readonly TrailRecord[]): ImageOfEvent[] {
  const newest = new Map<string, TrailRecord>();
  for (const record of records.toSorted((one, other) => one.at - other.at)) {
    for (const guid of record.guids) newest.set(guid, record);
  }
  return [...newest].map(([guid, record]) => {
    const { verdict, reason } = record;
    return { guid, verdict, reason, isAtFault: isAtFault(record, guid) };
  });
}
