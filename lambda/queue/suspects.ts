import type { SQSRecord } from 'aws-lambda';
import { type MessageNotes, MOST_DEATHS } from './message-notes.ts';

/** How many suspected records are touched together, by the deaths that are on record. */
const CHUNKS = [32, 2, 1];

/** The records of a batch, by how dangerous they are. */
export interface Sorted {
  /** Nothing points at them. */
  readonly sound: readonly SQSRecord[];
  /** The process may have died of one of them: in chunks, the least suspected first. */
  readonly suspected: readonly (readonly SQSRecord[])[];
  /** It died each time, the last times with this record alone. */
  readonly deadly: readonly SQSRecord[];
}

/** Sorts a batch, so that what may kill the process comes last and takes few others along. */
export function sortSuspects(records: readonly SQSRecord[], notes: MessageNotes): Sorted {
  const byDeaths = Map.groupBy(records, (record) => notes.deathsOf(record) ?? 'none');
  const sound = byDeaths.get('none') ?? [];
  const deadly: SQSRecord[] = [];
  const suspected: SQSRecord[][] = [];
  const counts = [...byDeaths.keys()].filter((deaths) => deaths !== 'none');
  for (const deaths of counts.toSorted((a, b) => a - b)) {
    const group = byDeaths.get(deaths) ?? [];
    if (deaths >= MOST_DEATHS) deadly.push(...group);
    else suspected.push(...chunksOf(group, CHUNKS[deaths] ?? 1));
  }
  return { sound, suspected, deadly };
}

/** One message can stand twice in a batch: both go into one chunk. */
function chunksOf(records: readonly SQSRecord[], size: number): SQSRecord[][] {
  const messages = [...Map.groupBy(records, ({ messageId }) => messageId).values()];
  return Array.from({ length: Math.ceil(messages.length / size) }, (_, at) =>
    messages.slice(at * size, (at + 1) * size).flat(),
  );
}
