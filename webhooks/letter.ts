import { isUtf8 } from 'node:buffer';
import type { RejectedEvent } from '../lambda/contract/rejected-event.ts';
import { MAX_BATCH_BYTES } from '../lambda/queue/batch-requests.ts';
import { toSqsText } from '../lambda/queue/sqs-text.ts';
import { bytesOf } from '../lambda/settlement/dead-letter.ts';
import { FAILURE_ATTRIBUTE, type Failure, renderings } from '../lambda/settlement/failure.ts';
import type { Rejection } from '../lambda/verdicts/reasons.ts';
import type { Letter } from './letter-body.ts';
import type { Headers, WebhookRequest } from './request.ts';
import { SENDERS } from './senders.ts';
import type { SourceName } from './sources/source-names.ts';
import { SOURCES } from './sources/sources.ts';

/** Why a delivery could not be mapped. */
export interface Fault {
  readonly reason: Rejection;
  readonly detail: string;
}

/** Where and when it was found. */
export interface LetterContext {
  readonly source: SourceName;
  /** The invocation's. */
  readonly requestId: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** A message for SQS. */
export interface LetterMessage {
  readonly MessageBody: string;
  readonly MessageAttributes: Record<string, { DataType: 'String'; StringValue: string }>;
}

/** What of a request a letter keeps: no signature, and nothing that could be one. */
export function letterOf(request: WebhookRequest, { source, requestId }: LetterContext): Letter {
  const { idHeader } = SENDERS[source];
  return {
    id: (idHeader && request.headers[idHeader]) || requestId,
    source,
    headers: keptOf(request.headers, SOURCES[source].headers),
    // As text it would have other characters, and a redrive would publish those.
    body: isUtf8(request.body) ? request.body.toString('utf8') : null,
  };
}

/**
 * The message of a letter, with its reason as dead letters have it. A delivery without room for that is
 * kept without its body: its sender has it still.
 */
export function messageOf(
  letter: Letter,
  fault: Fault,
  { requestId, now }: LetterContext,
): LetterMessage {
  const failure: Failure = {
    ...{ reason: fault.reason, detail: fault.detail, guids: [], attempts: 1, requestId },
    time: new Date(now).toISOString(),
    origin: { messageId: requestId, sentTimestamp: now, time: null, id: letter.id },
  };
  const texts = renderings(failure);
  const messages = [letter, { ...letter, body: null }].flatMap((one) =>
    texts.map((text) => ({
      MessageBody: toSqsText(JSON.stringify(one)),
      MessageAttributes: {
        [FAILURE_ATTRIBUTE]: { DataType: 'String' as const, StringValue: text },
      },
    })),
  );
  const fitting = messages.find((message) => bytesOf(message) <= MAX_BATCH_BYTES);
  if (fitting === undefined) throw new Error('not even the headers of a delivery fit a message');
  return fitting;
}

export function faultOf({ reason, message }: RejectedEvent): Fault {
  return { reason, detail: message };
}

function keptOf(headers: Headers, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = headers[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
