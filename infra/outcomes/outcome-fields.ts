import * as z from 'zod';
import { OUTCOME_KINDS } from '../../lambda/outcomes/outcome-kinds.ts';

const BUS = /^(arn:[\w-]+:events:[\w-]+:\d{12}:event-bus\/)?[\w.-]+$/;
const TOPIC = /^arn:[\w-]+:sns:[\w-]+:\d{12}:[\w-]+$/;

/** Whether a setting names a topic, and not a bus. */
export function isTopicArn(target: string): boolean {
  return TOPIC.test(target);
}

/** The settings that tell others what became of events. */
export const OUTCOME_FIELDS = {
  outcomesTarget: z
    .string()
    .refine(
      (text) => BUS.test(text) || TOPIC.test(text),
      'is no name or ARN of an EventBridge bus, nor the full ARN of a standard SNS topic',
    )
    .optional()
    .describe(
      'Where it is told what became of each event (docs/outcomes.md): name or ARN of an EventBridge bus, `default` say, or ARN of a standard SNS topic; of the region of the stack. Nowhere unless set, since it costs by the event.',
    ),
  outcomes: z
    .preprocess(
      (given) => (typeof given === 'string' ? given.split(',').map((part) => part.trim()) : given),
      z
        .array(z.enum(OUTCOME_KINDS, `must be some of ${OUTCOME_KINDS.join(', ')}`))
        .min(1, 'names none: leave outcomesTarget out instead'),
    )
    .default([...OUTCOME_KINDS])
    .describe('Which outcomes are told there, with commas between.'),
  outcomesKeyArn: z
    .string()
    .regex(/^arn:[\w-]+:kms:[\w-]+:\d{12}:key\/[\w-]+$/, 'is no full ARN of a KMS key')
    .optional()
    .describe(
      'ARN of the KMS key that encrypts the topic of `outcomesTarget`, where it is one of your own.',
    ),
};
