import * as z from 'zod';
import { FIELDS } from '../../lambda/contract/fields.ts';
import { Count, Problem } from './parts.ts';

/** An event that breaks the contract. */
const Fault = z.strictObject({
  file: z.string(),
  line: z.int().min(0).describe('where the event begins; as editors count'),
  reason: z.string().describe('a reason of docs/reasons.md'),
  detail: z.string(),
});
const Remark = z.strictObject({
  file: z.string().optional(),
  remark: z.string(),
  waiting: Count.optional().describe('messages in the queue'),
});
const ByField = <Value extends z.ZodType>(value: Value) => z.partialRecord(z.enum(FIELDS), value);

export const VALIDATE = {
  line: Fault,
  result: z.strictObject({
    valid: z.boolean(),
    files: z.array(
      z.strictObject({
        file: z.string(),
        events: Count,
        faults: Count,
        cleared: z.record(z.string(), Count).describe('texts that valid events clear, by kind'),
        noValues: z.record(z.string(), Count).describe('texts that read as if there were no value'),
        notes: z.array(z.string()),
        sha256: z.string(),
        ignored: z.record(z.string(), Count).describe('fields that are not read'),
      }),
    ),
  }),
};

const TooLong = z.strictObject({
  most: Count.describe('UTF-16 code units'),
  beyond: z.enum(['cut', 'refused']),
});
const ImagePreview = z.strictObject({
  guid: z.uuid(),
  account: z.string().nullable(),
  outcome: z.enum(['changed', 'unchanged', 'unknown', 'rejected']),
  fields: ByField(z.strictObject({ from: z.string().optional(), to: z.string() })),
  products: z.array(z.string()).describe('SKUs that the update removes, or would'),
  tooLong: ByField(TooLong),
});
const PreviewResult = z.strictObject({
  complete: z.boolean(),
  counts: z.record(z.string(), Count),
  calls: Count.describe('of FinerWorks'),
});
export const PREVIEW = { line: z.union([ImagePreview, Fault, Remark]), result: PreviewResult };

const FileSending = z.strictObject({
  file: z.string(),
  journal: z.string(),
  events: Count,
  sentBefore: Count.describe('in earlier runs'),
  sent: Count.describe('in this run'),
  unchanged: z.strictObject({ events: Count, images: Count }).describe('left out of this run'),
  failed: z.array(z.strictObject({ line: Count, why: z.string(), refused: z.boolean() })),
});
export const SEND = {
  line: z.union([Fault, Remark, ImagePreview]),
  result: z.union([
    z.strictObject({
      queueUrl: z.string(),
      files: z.array(FileSending),
      error: Problem.optional().describe('why the run ended before the files did'),
    }),
    z.strictObject({ faults: Count.optional(), sent: z.literal(0) }).describe('nothing was sent'),
    PreviewResult,
  ]),
};
