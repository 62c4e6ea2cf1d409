import { type FileHandle, open } from 'node:fs/promises';
import { isJsonObject } from '../../lambda/contract/json.ts';
import { hashOf } from '../../lambda/general/hash.ts';
import { jsonOrUndefined } from '../../lambda/general/json-or-undefined.ts';
import { errorCode } from '../error-code.ts';
import { UsageError } from '../errors.ts';
import { momentOf } from '../terminal/moment.ts';
import type { DeadLetter } from './dead-letter.ts';

/**
 * A dead letter as a line of NDJSON: everything that SQS has of it, binary values in base64. Its event stands
 * in it twice: `body` is the text as it was sent, and `event` the same to be edited, where it is JSON.
 */
export function exportLine(letter: DeadLetter): string {
  const { messageId, sentTimestamp, receives, group, reason, failure, redrive, body } = letter;
  const event = jsonOrUndefined(body);
  const attributes = Object.fromEntries(
    Object.entries(letter.attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
      name,
      BinaryValue === undefined
        ? { DataType, StringValue }
        : { DataType, BinaryValue: Buffer.from(BinaryValue).toString('base64') },
    ]),
  );
  return `${JSON.stringify({
    messageId,
    sentAt: momentOf(sentTimestamp),
    receives,
    ...(group !== undefined && { messageGroupId: group }),
    reason,
    ...(failure && { failure }),
    ...(redrive && { redrive }),
    body,
    bodyHash: hashOf(body),
    ...(isJsonObject(event) && { event }),
    messageAttributes: attributes,
  })}\n`;
}

/**
 * Creates a file. An existing one is never overwritten: its letters may exist nowhere else.
 *
 * @throws {UsageError} where it exists, or can't be written
 */
export async function createFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'wx', 0o600);
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    const why = code === 'EEXIST' ? 'is there already; name another' : `can't be written (${code})`;
    throw new UsageError(`${path}: ${why}`, { cause: error });
  }
}
