import type { SQSMessageAttributes } from 'aws-lambda';
import * as z from 'zod';
import type { DeadLetterEntry } from '../../lambda/settlement/dead-lettering.ts';
import { MAX_ATTRIBUTES } from '../producer/attributes.ts';
import type { ProducedEvent } from '../producer/event.ts';
import type { Report } from './violation.ts';

/** The part of `failure` that can be checked against the truth. */
const Failure = z.object({
  reason: z.string(),
  lastReason: z.string().optional(),
  guids: z.array(z.string()),
  attempts: z.int(),
  requestId: z.string(),
  origin: z.object({ messageId: z.string(), sentTimestamp: z.int() }),
});
export type Failure = z.output<typeof Failure>;

/** The `failure` of a dead letter; undefined where it is not readable. */
export function failureIn({ MessageAttributes }: DeadLetterEntry): Failure | undefined {
  const text = MessageAttributes?.failure?.StringValue;
  return text === undefined ? undefined : parseFailure(text);
}

/** Reads the text of `failure`, wherever it stands. */
export function parseFailure(text: string): Failure {
  return Failure.parse(JSON.parse(text));
}

/** Body and attributes as the producer wrote them, and `failure` wherever there is room. */
export function checkVerbatim(event: ProducedEvent, entry: DeadLetterEntry, report: Report): void {
  const { failure, ...attributes } = entry.MessageAttributes ?? {};
  const { failure: _older, ...sent } = event.attributes;
  if (entry.MessageBody !== event.body) report('NotVerbatim', `the body of ${event.name}`);
  const isSame = JSON.stringify(sortByName(attributes)) === JSON.stringify(sortByName(toSdk(sent)));
  if (!isSame) report('NotVerbatim', `the attributes of ${event.name}`);
  if (failure === undefined && Object.keys(sent).length < MAX_ATTRIBUTES) {
    report('WrongReason', `${event.name} has no reason although there is room for it`);
  }
}

function sortByName(attributes: object) {
  return Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1));
}

function toSdk(attributes: SQSMessageAttributes) {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { dataType, stringValue, binaryValue }]) => [
      name,
      binaryValue === undefined
        ? { DataType: dataType, StringValue: stringValue }
        : { DataType: dataType, BinaryValue: Buffer.from(binaryValue, 'base64') },
    ]),
  );
}
