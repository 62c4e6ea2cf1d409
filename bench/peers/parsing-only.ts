/** Parses the body of each record, as any function must, and does nothing with it. */
import type { SQSEvent } from 'aws-lambda';

export const handler = async ({ Records }: SQSEvent) => {
  const events: unknown[] = Records.map(({ body }) => JSON.parse(body));
  return { batchItemFailures: [], events: events.length };
};
