import type { SQSRecord } from 'aws-lambda';
import type { EvidenceStore, MessageNote } from '../../lambda/evidence/evidence-store.ts';
import { rememberEvidence } from '../../lambda/evidence/memory-evidence.ts';
import { MessageNotes } from '../../lambda/records/message-notes.ts';
import type { RecordOutcome } from '../../lambda/settlement/settle.ts';
import type { Retried, Verdict } from '../../lambda/verdicts/verdict.ts';
import { readingOf } from './readings.ts';
import type { RecordParts } from './records.ts';

/** A record with what is to become of it. */
export function settlementOf(verdict: Verdict, parts: RecordParts = {}): RecordOutcome {
  return { parsed: readingOf(parts), verdict };
}

/** A call for it failed. */
export const FAILED: Retried = { kind: 'retry', reason: 'ServerError', detail: 'HTTP 503' };
/** No call was made for it. */
export const UNTRIED: Retried = { kind: 'retry', reason: 'Deferred', detail: 'not tried' };

/** A note of two failures, left at as many receives as any record of the tests has. */
export function noteOf(parts: Partial<MessageNote> = {}): MessageNote {
  return { reason: 'Timeout', detail: 'no answer', failures: 2, begun: 0, receives: 9, ...parts };
}

/** When notes are read. */
export const NOW = 1_000_000;

/**
 * What is noted of records.
 *
 * @param notes by message id
 */
export async function notesOn(
  records: readonly SQSRecord[],
  notes: Readonly<Record<string, MessageNote>> = {},
  store: EvidenceStore = { ...rememberEvidence(), isShared: true },
): Promise<MessageNotes> {
  await store.saveNotes(new Map(Object.entries(notes)));
  return MessageNotes.load(store, records, NOW);
}
