import * as z from 'zod';
import { orToken } from './or-token.ts';

/** Alarms by e-mail need one address; others can be subscribed to the topic. */
const Email = orToken(z.email('is no e-mail address'));

/** The settings of what is around the function: encryption, alarms, the stack's own life. */
export const OPERATION_FIELDS = {
  queueKey: z
    .union([z.enum(['aws', 'new']), z.string().refine(isKeyArn)], {
      error: 'is neither aws, new, nor the full ARN of a KMS key',
    })
    .default('aws')
    .describe(
      'Key of queues, alarm topics and ledger: keys of `aws` cost nothing; `new` makes a customer-managed one, rotated each year; the ARN of a key takes yours, whose policy stays your own affair.',
    ),
  monitoring: z
    .enum(['on', 'off'], { error: 'is neither on nor off' })
    .default('on')
    .describe(
      'Whether a dashboard, alarms, their topics and saved queries are made; `off` is for those who watch the metrics with tools of their own.',
    ),
  pageEmail: Email.optional().describe(
    'Address for the alarms that should wake somebody; it must confirm a subscription.',
  ),
  ticketEmail: Email.optional().describe(
    'Address for the alarms that can wait until the morning; it must confirm a subscription.',
  ),
  oldestMessageMinutes: z.coerce
    .number<number>()
    .int()
    .min(5)
    .max(10_080)
    .default(30)
    .describe(
      'Minutes that a message may wait before somebody is paged; twice the longest pause between two tries.',
    ),
  runbookUrl: orToken(
    z.string().regex(/^[^\s#]+$/, 'must be an address or a path without spaces and #'),
  )
    .default('docs/runbook.md')
    .describe('Where the runbook is to be read; each alarm links its section there.'),
  terminationProtection: z
    .enum(['on', 'off'], { error: 'is neither on nor off' })
    .default('off')
    .describe('Whether CloudFormation refuses to delete the stack; `on` for production.'),
  tags: z
    .string()
    .regex(
      /^[\w.:/@+-]+=[\w.:/@+-]*(,[\w.:/@+-]+=[\w.:/@+-]*)*$/,
      'is not name=value, with commas between',
    )
    .optional()
    .describe('Tags for all resources, `team=print,stage=live`; `application` is always there.'),
};

function isKeyArn(text: string): boolean {
  return /^arn:[\w-]+:kms:[\w-]+:\d{12}:key\/[\w-]+$/.test(text);
}

/** The tags of a setting `name=value,name=value`. */
export function tagsOf(setting: string | undefined): [name: string, value: string][] {
  return (setting?.split(',') ?? []).map((pair) => {
    const [name = '', value = ''] = pair.split('=');
    return [name, value];
  });
}
