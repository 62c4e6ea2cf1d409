import type { SQSRecord } from 'aws-lambda';
import { chunk } from '../general/chunk.ts';
import { isFifo } from '../queue/fifo-names.ts';
import { MAX_DEATHS, type MessageNotes } from './message-notes.ts';

/** How many suspected records are processed together, by their noted deaths. */
const CHUNKS = [32, 2, 1];

/** The records of a batch, by how dangerous they are. */
export interface Sorted {
  /** Not suspected. */
  readonly sound: readonly SQSRecord[];
  /** The process may have died of one of them; in chunks, the least suspected first. */
  readonly suspected: readonly (readonly SQSRecord[])[];
  /** It died each time, the last times with this record alone. */
  readonly deadly: readonly SQSRecord[];
}

/** Sorts a batch, so that records that may kill the process come last, with few others. */
export function sortSuspects(records: readonly SQSRecord[], notes: MessageNotes): Sorted {
  const isDeadly = (record: SQSRecord) => (notes.deathsOf(record) ?? 0) >= MAX_DEATHS;
  const deadly = records.filter(isDeadly);
  const rest = records.filter((record) => !isDeadly(record));
  const units = [...Map.groupBy(rest, unitOf).values()];
  const byDeaths = Map.groupBy(units, (unit) => deathsOf(unit, notes));
  const suspected: SQSRecord[][] = [];
  const counts = [...byDeaths.keys()].filter((deaths) => deaths !== undefined);
  for (const deaths of counts.toSorted((a, b) => a - b)) {
    suspected.push(...chunksOf((byDeaths.get(deaths) ?? []).flat(), CHUNKS[deaths] ?? 1));
  }
  return { sound: (byDeaths.get(undefined) ?? []).flat(), suspected, deadly };
}

/** In a FIFO queue the messages of a group come one after another, and are suspected together. */
function unitOf({ messageId, attributes, eventSourceARN }: SQSRecord): string {
  const { MessageGroupId } = attributes;
  return isFifo(eventSourceARN) ? `group ${MessageGroupId}` : `message ${messageId}`;
}

/** Those of the most suspected record; undefined where none is suspected. */
function deathsOf(unit: readonly SQSRecord[], notes: MessageNotes): number | undefined {
  const deaths = unit.flatMap((record) => notes.deathsOf(record) ?? []);
  return deaths.length > 0 ? Math.max(...deaths) : undefined;
}

/** A batch can hold one message twice: both go into one chunk. */
function chunksOf(records: readonly SQSRecord[], size: number): SQSRecord[][] {
  const messages = [...Map.groupBy(records, ({ messageId }) => messageId).values()];
  return chunk(messages, { maxItems: size }).map((some) => some.flat());
}
