import type { EventPattern } from 'aws-cdk-lib/aws-events';
import * as z from 'zod';
import { jsonOrUndefined } from '../../lambda/general/json-or-undefined.ts';
import { orToken } from '../or-token.ts';

const ACCOUNTS_RULE =
  'must be accounts of 12 digits each, a text with commas between, or a list of texts: a number would lose zeros at its beginning';

/** Accounts as the command line gives them, with commas between, or as a list. */
const Accounts = z.preprocess(
  (given) => (typeof given === 'string' ? given.split(',').map((part) => part.trim()) : given),
  z.array(orToken(z.string().regex(/^\d{12}$/), ACCOUNTS_RULE), ACCOUNTS_RULE),
);

const LISTS_RULE = 'wants a list, not empty, for every field: {"source":["com.example.pim"]}';

/** EventBridge wants every leaf to be a list (AWS: EventBridge event patterns). */
const Pattern = z.preprocess(
  (given) => (typeof given === 'string' ? jsonOrUndefined(given) : given),
  z
    .record(
      z.string(),
      z.union(
        [z.array(z.unknown()).min(1, LISTS_RULE), z.record(z.string(), z.unknown())],
        LISTS_RULE,
      ),
      'is no event pattern in JSON, {"source":["com.example.pim"]}',
    )
    .refine(holdsLists, LISTS_RULE)
    .refine((pattern) => Object.keys(pattern).length > 0, 'would match every event of the bus')
    // CDK's own type says text even where EventBridge takes filters, as its `Match` does.
    .transform(({ 'detail-type': detailType, ...rest }) => ({
      ...rest,
      ...(detailType && { detailType }),
    }))
    .pipe(z.custom<EventPattern>()),
);

/** Whether every field of a pattern is a list, or holds fields that are. */
function holdsLists(pattern: object): boolean {
  return Object.values(pattern).every((value: unknown) => {
    if (Array.isArray(value)) return value.length > 0;
    return typeof value === 'object' && value !== null && holdsLists(value);
  });
}

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
