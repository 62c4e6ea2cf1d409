import type { EventPattern } from 'aws-cdk-lib/aws-events';
import * as z from 'zod';
import { jsonOrUndefined } from '../../lambda/general/json-or-undefined.ts';
import { orToken } from '../or-token.ts';

/** Accounts as the command line gives them, with commas between, or as a list. */
const Accounts = z.preprocess(
  (given) => (typeof given === 'string' ? given.split(',').map((part) => part.trim()) : given),
  z.array(
    orToken(
      z.string().regex(/^\d{12}$/, 'must be accounts of 12 digits each, with commas between'),
    ),
  ),
);

/** EventBridge wants every leaf to be a list (AWS: EventBridge event patterns). */
const Pattern = z.preprocess(
  (given) => (typeof given === 'string' ? jsonOrUndefined(given) : given),
  z
    .record(z.string(), z.union([z.array(z.unknown()).min(1), z.record(z.string(), z.unknown())]), {
      error: 'is no event pattern in JSON, {"source":["com.example.pim"]}',
    })
    .refine((pattern) => Object.keys(pattern).length > 0, 'would match every event of the bus')
    // CDK's own type says text even where EventBridge takes filters, as its `Match` does.
    .transform(({ 'detail-type': detailType, ...rest }) => ({
      ...rest,
      ...(detailType && { detailType }),
    }))
    .pipe(z.custom<EventPattern>()),
);

/** The settings that let others than this account's own producers send: each adds what it needs. */
export const SOURCE_FIELDS = {
  senderAccounts: Accounts.default([]).describe(
    'Other accounts that may send, by their 12 digits, with commas between.',
  ),
  topicArn: z
    .string()
    .regex(/^arn:[\w-]+:sns:[\w-]+:\d{12}:[\w-]+$/, 'is no full ARN of a standard SNS topic')
    .optional()
    .describe('ARN of an SNS topic whose notifications go to the queue.'),
  eventBusName: z
    .string()
    .regex(/^[\w./:-]+$/, 'is no name or ARN of a bus')
    .optional()
    .describe(
      'Name or ARN of the EventBridge bus that `eventPattern` is for, `default` say; of the account and region of the stack.',
    ),
  eventPattern: Pattern.optional().describe(
    'Which events of that bus go to the queue, as JSON: `{"source":["com.example.pim"]}`.',
  ),
};
