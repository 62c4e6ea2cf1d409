import { gunzipSync, gzipSync } from 'node:zlib';
import type { SQSRecord } from 'aws-lambda';
import * as z from 'zod/mini';
import { RejectedEvent } from '../contract/rejected-event.ts';
import { readRedrive } from './origin.ts';

/** The name of the attribute that holds a whole message, where that has no room for `redrive`. */
export const PACKED_ATTRIBUTE = 'packed';

/** The body of such a message, for people: a body can't be empty (AWS: SendMessage). */
export const PACKED_BODY = `{"note":"the message is in the attribute ${PACKED_ATTRIBUTE}, as gzip of JSON"}`;

/** More than any message of 1 MiB (AWS: SQS quotas) takes as JSON, with each byte escaped. */
const MAX_BYTES = 8 * 1_048_576;

const Attribute = z.object({
  dataType: z.string(),
  stringValue: z.optional(z.string()),
  /** In base64. */
  binaryValue: z.optional(z.string()),
});

/** A message as its producer sent it. */
export const PackedContent = z.object({
  body: z.string(),
  messageAttributes: z.record(z.string(), Attribute),
});
export type PackedContent = z.output<typeof PackedContent>;

/** Packs a message, for an attribute of the type `Binary`. */
export function pack({ body, messageAttributes }: PackedContent): Buffer {
  return gzipSync(JSON.stringify({ body, messageAttributes }));
}

/** @returns undefined where the bytes are not what {@link pack} makes */
export function unpack(bytes: Uint8Array): PackedContent | undefined {
  try {
    const text = gunzipSync(bytes, { maxOutputLength: MAX_BYTES }).toString();
    return PackedContent.parse(JSON.parse(text));
  } catch {
    // It is no gzip, or a gzip of something huge, or of something else.
    return undefined;
  }
}

/**
 * A record as its producer sent it: unpacked where its attribute `redrive` says that a redrive packed it,
 * since producers may have attributes of any name; else the record itself.
 *
 * @throws {RejectedEvent} `InvalidRedrive` where it should be packed and is not
 */
export function unpacked(record: SQSRecord): SQSRecord {
  const { redrive, packed } = record.messageAttributes;
  if (redrive === undefined || !readRedrive(redrive.stringValue)?.packed) return record;
  const content = unpack(Buffer.from(packed?.binaryValue ?? '', 'base64'));
  if (content === undefined) {
    throw new RejectedEvent('InvalidRedrive', `the attribute ${PACKED_ATTRIBUTE} holds no message`);
  }
  const { body, messageAttributes } = content;
  const own = Object.entries(messageAttributes).map(
    ([name, { dataType, stringValue = '', binaryValue }]) => [
      name,
      binaryValue === undefined ? { dataType, stringValue } : { dataType, binaryValue },
    ],
  );
  return { ...record, body, messageAttributes: { ...Object.fromEntries(own), redrive } };
}
