import type { SendMessageBatchRequestEntry } from '@aws-sdk/client-sqs';
import type { EvidenceStore } from '../evidence/evidence-store.ts';
import { errorName } from '../general/error-name.ts';
import { type BatchRequest, requestInBatches } from '../queue/batch-requests.ts';
import { bytesOf, groupingOf, toDeadLetter } from './dead-letter.ts';
import { type ExhaustionLimits, whyNoFurther } from './exhaustion.ts';
import { FAILURE_ATTRIBUTE, type FailureContext, failureOf, textBeside } from './failure.ts';
import type { RecordOutcome } from './settle.ts';

export type DeadLetterEntry = SendMessageBatchRequestEntry & { readonly Id: string };

/** Sends to the dead-letter queue; returns the message ids of the confirmed entries, by entry id. */
export type SendDeadLetters = BatchRequest<DeadLetterEntry, ReadonlyMap<string, string>>;

/** Where dead letters go, and the reasons that they have no room for. */
export interface DeadLetterDependencies {
  readonly sendDeadLetters: SendDeadLetters;
  readonly evidence: Pick<EvidenceStore, 'saveFailures'>;
  readonly limits: ExhaustionLimits;
}

/** A letter that is to be sent. */
interface Letter {
  readonly sourceId: string;
  readonly entry: DeadLetterEntry;
  /** The text of `failure`, where the letter has no room for it. */
  readonly failureBeside: string | undefined;
  /** Whether it can wait until the text is kept. On its last receive it is sent with only a line of the log. */
  readonly canWait: boolean;
}

/**
 * Sends rejected records to the dead-letter queue. Only the queue's receipt makes a rejection final. A
 * record without a receipt goes back to the source queue: it may be sent twice, but is never lost. The
 * reason is not lost either: where a letter has no room for it, it must be kept beside, as long as the
 * record may go back to the queue.
 *
 * @returns all outcomes; those without a receipt become retries
 */
export async function deadLetter(
  outcomes: readonly RecordOutcome[],
  { sendDeadLetters, evidence, limits }: DeadLetterDependencies,
  context: FailureContext,
): Promise<RecordOutcome[]> {
  const letters = lettersOf(outcomes, limits, context);
  // First under the id of the record: while nothing can be kept, no letter is sent.
  const unkept = await keep(letters, ({ sourceId }) => sourceId, evidence);
  const sendable = letters.filter((letter) => unkept === undefined || !needsKeeping(letter));
  const receipts = new Map<string, string>();
  const send: SendDeadLetters = async (batch) => {
    const sent = await sendDeadLetters(batch);
    for (const [id, messageId] of sent) receipts.set(id, messageId);
    return sent;
  };
  const entries = sendable.map(({ entry }) => entry);
  const failures = await requestInBatches<DeadLetterEntry>(entries, send, bytesOf);
  // Then under the id of the letter, which its readers know, and which exists only after sending.
  const lost = unkept ?? (await keep(sendable, ({ entry }) => receipts.get(entry.Id), evidence));
  const byId = new Map(letters.map((letter) => [letter.entry.Id, letter]));
  return outcomes.map((outcome, position) => {
    const letter = byId.get(String(position));
    if (letter === undefined) return outcome;
    const failure = failures.get(letter.entry.Id);
    if (failure !== undefined) {
      return failed(outcome, `the dead-letter queue did not take the record: ${failure}`);
    }
    if (lost !== undefined && needsKeeping(letter)) {
      return failed(outcome, `it has no room for its reason, which could not be kept: ${lost}`);
    }
    const messageId = receipts.get(letter.entry.Id) ?? '';
    const { failureBeside } = letter;
    return { ...outcome, deadLetter: { messageId, ...(failureBeside && { failureBeside }) } };
  });
}

function needsKeeping({ failureBeside, canWait }: Letter): boolean {
  return failureBeside !== undefined && canWait;
}

function lettersOf(
  outcomes: readonly RecordOutcome[],
  limits: ExhaustionLimits,
  context: FailureContext,
): Letter[] {
  // Positional ids: a batch can hold one messageId twice.
  return outcomes.flatMap(({ parsed, verdict }, position) => {
    if (verdict.kind !== 'rejected') return [];
    const { record } = parsed;
    const failure = failureOf(parsed, verdict, context);
    const message = toDeadLetter(record, failure);
    const entry = { Id: String(position), ...message, ...groupingOf(record) };
    const hasRoom = FAILURE_ATTRIBUTE in (message.MessageAttributes ?? {});
    const failureBeside = hasRoom ? undefined : textBeside(failure);
    const canWait = whyNoFurther(record, limits, context.now) === undefined;
    return [{ sourceId: record.messageId, entry, failureBeside, canWait }];
  });
}

/** Keeps the texts that letters have no room for. @returns why it failed; undefined where it did not */
async function keep(
  letters: readonly Letter[],
  idOf: (letter: Letter) => string | undefined,
  { saveFailures }: DeadLetterDependencies['evidence'],
): Promise<string | undefined> {
  const texts = letters.flatMap((letter): [string, string][] => {
    const id = idOf(letter);
    return id && letter.failureBeside ? [[id, letter.failureBeside]] : [];
  });
  if (texts.length === 0) return undefined;
  try {
    await saveFailures(new Map(texts));
    return undefined;
  } catch (error) {
    return errorName(error);
  }
}

function failed({ parsed }: RecordOutcome, detail: string): RecordOutcome {
  return { parsed, verdict: { kind: 'retry', reason: 'DeadLetterFailed', detail } };
}
