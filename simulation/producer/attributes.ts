import type { SQSMessageAttribute, SQSMessageAttributes } from 'aws-lambda';
import type { SeededRandom } from '../world/random.ts';

/** As many as SQS takes: then there is no room for `failure`. */
export const MAX_ATTRIBUTES = 10;

const text = (stringValue: string, dataType: string): SQSMessageAttribute => ({
  stringValue,
  dataType,
});

/** Attributes of producers' own, which a dead letter has to keep as they are. */
export function drawAttributes(random: SeededRandom): SQSMessageAttributes {
  const count = random.chance(0.03) ? MAX_ATTRIBUTES : random.pick([0, 0, 1, 3]);
  return Object.fromEntries(
    Array.from({ length: count }, (_, at) => [`attribute-${at}`, drawAttribute(random)]),
  );
}

function drawAttribute(random: SeededRandom): SQSMessageAttribute {
  const number = random.integer(0, 999);
  return random.pick([
    text(`text ${number}`, 'String'),
    text(String(number), 'Number.count'),
    { binaryValue: Buffer.from([number % 256, 0, 255]).toString('base64'), dataType: 'Binary' },
  ]);
}

/** What is known of a message's first sending. */
export interface FirstSending {
  readonly messageId: string;
  readonly sentTimestamp: number;
  readonly time: string | null;
  readonly id: string | null;
}

/** The attributes that a redrive out of the dead-letter queue leaves on a message. */
export function redriveAttributes(
  origin: FirstSending,
  random: SeededRandom,
): SQSMessageAttributes {
  const redrive = text(JSON.stringify({ count: 1, origin }), 'String');
  // An older failure must give way to the newer one.
  return {
    redrive,
    ...(random.chance(0.5) && { failure: text('{"reason":"Refused"}', 'String') }),
  };
}

/** A redrive attribute that nothing can be taken from. */
export const BROKEN_REDRIVE: SQSMessageAttributes = { redrive: text('{"count":1}', 'String') };
