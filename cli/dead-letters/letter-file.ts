import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import * as z from 'zod';
import { isJsonObject } from '../../lambda/contract/json.ts';
import { hashOf } from '../../lambda/general/hash.ts';
import { jsonOrUndefined } from '../../lambda/general/json-or-undefined.ts';
import { Redrive } from '../../lambda/records/origin.ts';
import { errorCode } from '../error-code.ts';
import { UsageError } from '../errors.ts';
import type { EventFile } from '../files/event-file.ts';
import { type DeadLetter, ReportedFailure } from './dead-letter.ts';
import { letterEventOf } from './letter-event.ts';

const Attribute = z
  .object({
    DataType: z.string(),
    StringValue: z.string().optional(),
    /** In base64. */
    BinaryValue: z.string().optional(),
  })
  .transform(({ DataType, StringValue, BinaryValue }) =>
    BinaryValue === undefined
      ? { DataType, StringValue }
      : { DataType, BinaryValue: Buffer.from(BinaryValue, 'base64') },
  );

/** A line of `dlq export` or `dlq discard`, as somebody may have edited it. */
const Line = z.object({
  messageId: z.string().min(1),
  sentAt: z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
  receives: z.number().default(1),
  messageGroupId: z.string().optional(),
  reason: z.string(),
  failure: ReportedFailure.optional(),
  redrive: z.optional(Redrive),
  body: z.string(),
  bodyHash: z.string().optional(),
  event: z.unknown().optional(),
  messageAttributes: z.record(z.string(), Attribute),
});
type Line = z.output<typeof Line>;

/** A dead letter of a file. */
export interface FiledLetter {
  readonly line: number;
  /** As it was when it was written. */
  readonly letter: DeadLetter;
  /** Its event as it stands in the file. */
  readonly text: string;
  readonly isEdited: boolean;
}

/** A line that is no dead letter, or says two things. */
export interface LineFault {
  readonly line: number;
  readonly fault: string;
  readonly isLetter: boolean;
}

/** Whether a file holds dead letters, as `dlq export` writes them; its first line says it. */
export async function isLetterFile({ name, format }: EventFile): Promise<boolean> {
  // Standard input can be read once only.
  if (name === '-' || format !== 'ndjson') return false;
  for await (const one of filedLetters(name)) return 'letter' in one || one.isLetter;
  return false;
}

/**
 * The dead letters of a file, in their order.
 *
 * @param onLine called with each line, for a hash
 * @throws {UsageError} where it can't be read
 */
export async function* filedLetters(
  path: string,
  onLine?: (text: string) => void,
): AsyncGenerator<FiledLetter | LineFault> {
  let line = 0;
  const input = createReadStream(path, 'utf8');
  try {
    for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      line += 1;
      onLine?.(`${text}\n`);
      // Editors on Windows begin files with a byte order mark.
      const plain = text.replace(/^\uFEFF/, '').trim();
      if (plain !== '') yield read(plain, line);
    }
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    throw new UsageError(`${path}: can't be read (${code})`, { cause: error });
  } finally {
    input.destroy();
  }
}

function read(text: string, line: number): FiledLetter | LineFault {
  const { data, error } = Line.safeParse(jsonOrUndefined(text));
  if (error) {
    const [issue] = error.issues;
    const where = issue?.path.join('.') || 'the line';
    const fault = `no dead letter of dlq export: ${where}: ${issue?.message}`;
    return { line, fault, isLetter: false };
  }
  const edited = textOf(data);
  if (edited === undefined) {
    return {
      line,
      fault: 'body and event say different things: edit event, and leave body as it was',
      isLetter: true,
    };
  }
  const isEdited = edited !== data.body || isBodyEdited(data);
  return { line, letter: letterOf(data), text: edited, isEdited };
}

/** The text of the event; undefined where it is edited in one place and stands otherwise in the other. */
function textOf(line: Line): string | undefined {
  const { body, event } = line;
  // Where its values are the same, its text stays as it was, to the last space.
  if (event === undefined || isSame(event, jsonOrUndefined(body))) return body;
  return isBodyEdited(line) ? undefined : JSON.stringify(event);
}

function isBodyEdited({ body, bodyHash }: Line): boolean {
  return bodyHash !== undefined && bodyHash !== hashOf(body);
}

/** Whether two values of JSON are the same in the same order, as `jq` and editors keep it. */
function isSame(one: unknown, other: unknown): boolean {
  return isJsonObject(other) && JSON.stringify(one) === JSON.stringify(other);
}

function letterOf(line: Line): DeadLetter {
  const { messageId, sentAt, receives, messageGroupId, reason, failure, redrive, body } = line;
  const attributes = line.messageAttributes;
  const { id: eventId, source, account, guids } = letterEventOf(body, attributes);
  return {
    ...{ messageId, receives, reason, failure, redrive, body, attributes },
    receiptHandle: '',
    sentTimestamp: sentAt,
    group: messageGroupId,
    whyNoReason: undefined,
    guids: [...new Set([...(failure?.guids ?? []), ...guids])],
    ...{ eventId, source, account },
  };
}
