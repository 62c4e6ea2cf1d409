import type { SQSEvent, SQSRecord } from 'aws-lambda';
import * as z from 'zod/mini';

const Milliseconds = z.string().check(z.regex(/^\d{1,16}$/, 'not a count of milliseconds'));

/** What this function reads of a record. Only checked: records are passed on as they came. */
const Record = z.object({
  messageId: z.string().check(z.minLength(1)),
  body: z.string(),
  attributes: z.object({
    SentTimestamp: Milliseconds,
    ApproximateReceiveCount: z.string().check(z.regex(/^\d+$/, 'not a count')),
  }),
  messageAttributes: z.record(z.string(), z.object({ dataType: z.string() })),
  eventSource: z.literal('aws:sqs'),
  eventSourceARN: z
    .string()
    .check(
      z.refine(
        (arn) => !arn.endsWith('.fifo'),
        'FIFO queues are not supported: they bring at most 10 records a batch, and order is by event time here',
      ),
    ),
});

const Event = z.object({ Records: z.array(z.unknown()) });

/** The invocation's payload is no batch of a standard SQS queue. Fails the whole invocation. */
export class MalformedEvent extends Error {
  override readonly name = 'MalformedEvent';
}

/**
 * The records of an invocation, checked: an event source that is set up wrongly must fail loudly,
 * so that every record comes back, and never pass for an empty batch.
 *
 * @throws {MalformedEvent} naming the paths at fault
 */
export function recordsOf(event: SQSEvent): SQSRecord[] {
  if (!Event.safeParse(event).success) throw malformed(['Records: not a list']);
  // One by one: a copy of all would be held at once, for nothing.
  const faults = event.Records.flatMap((record, at) => {
    const { error } = Record.safeParse(record);
    return (error?.issues ?? []).map(
      ({ path, message }) => `${['Records', at, ...path].join('.')}: ${message}`,
    );
  });
  if (faults.length > 0) throw malformed(faults);
  return event.Records;
}

function malformed(faults: readonly string[]): MalformedEvent {
  return new MalformedEvent(`Not an event of a standard SQS queue: ${faults.join('; ')}`);
}
