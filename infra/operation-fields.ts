import * as z from 'zod';
import { orToken } from './or-token.ts';
import { REPOSITORY_URL } from './repository.ts';

/** Alarms by e-mail need one address; others can be subscribed to the topic. */
const Email = orToken(z.email('is no e-mail address'));

/** CloudWatch sends alarms to standard topics only (AWS: CloudWatch, SNS topics of alarms). */
const TopicArn = z
  .string()
  .regex(/^arn:[\w-]+:sns:[\w-]+:\d{12}:[\w-]+$/, 'is no full ARN of a standard SNS topic');

const KEY_RULE =
  'is neither aws, new, nor the full ARN of a KMS key; an alias will not do, since permissions name keys';

const TAGS_RULE = 'must be one text, name=value with commas between: team=print,stage=live';

/** The settings of what is around the function: encryption, alarms, the stack's own life. */
export const OPERATION_FIELDS = {
  queueKey: z
    .union([z.enum(['aws', 'new']), z.string().refine(isKeyArn, KEY_RULE)], KEY_RULE)
    .default('aws')
    .describe(
      'Key of queues, alarm topics, ledger and trail: keys of `aws` cost nothing; `new` makes a customer-managed one, rotated each year; the ARN of a key takes yours, whose policy stays your own affair.',
    ),
  monitoring: z
    .enum(['on', 'off'], { error: 'is neither on nor off' })
    .default('on')
    .describe(
      'Whether a dashboard, alarms, their topics and saved queries are made; `off` is for those who watch the metrics with tools of their own.',
    ),
  formerQueueKeys: z
    .preprocess(listed, z.array(z.string().refine(isKeyArn, 'must be full ARNs of KMS keys')))
    .default([])
    .describe(
      'ARNs of keys that `queueKey` was before, with commas between: messages that were sent under them are still decrypted. Keep each for 21 days after the change, as long as a message can live (docs/runbook.md).',
    ),
  rollout: z
    .enum(['gradual', 'at-once'], { error: 'is neither gradual nor at-once' })
    .default('gradual')
    .describe(
      'How a new version of the function takes over: `gradual` gives it a tenth of the invocations for 15 minutes, and goes back where an alarm rings; `at-once` does not wait, as without `monitoring`.',
    ),
  pageEmail: Email.optional().describe(
    'Address for the alarms that should wake somebody; it must confirm a subscription.',
  ),
  ticketEmail: Email.optional().describe(
    'Address for the alarms that can wait until the morning; it must confirm a subscription.',
  ),
  pageTopicArn: TopicArn.optional().describe(
    'ARN of an SNS topic that is there already, for the alarms that should wake somebody: an incident tool’s, or a chat’s (docs/runbook.md). Its policy must let CloudWatch publish.',
  ),
  ticketTopicArn: TopicArn.optional().describe(
    'The same for the alarms that can wait until the morning.',
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
  heartbeatMinutes: z.coerce
    .number<number>()
    .int()
    .min(5)
    .max(60)
    .optional()
    .describe(
      'Minutes between two heartbeats, 5 to 60: messages that go the whole way to FinerWorks’ `list_images` and change nothing; an alarm rings where they are not answered. None unless set, since each costs an invocation and a call that nobody asked for; worth it where events are rare.',
    ),
  tracing: z
    .enum(['on', 'off'], { error: 'is neither on nor off' })
    .default('off')
    .describe(
      'Whether X-Ray traces invocations: how long each waited, started and ran. It costs by the trace, and calls of FinerWorks are in the log and the metrics anyway.',
    ),
  runbookUrl: orToken(
    z.string().regex(/^[^\s#]+$/, 'must be an address or a path without spaces and #'),
  )
    .default(`${REPOSITORY_URL}/blob/main/docs/runbook.md`)
    .describe('Where the runbook is to be read; each alarm links its section there.'),
  terminationProtection: z
    .enum(['on', 'off'], { error: 'is neither on nor off' })
    .default('off')
    .describe(
      'Whether CloudFormation refuses to delete the stack, and DynamoDB the tables of ledger and trail; `on` for production, once a first deployment has succeeded.',
    ),
  tags: z
    .string(TAGS_RULE)
    .regex(/^[\w.:/@+-]+=[\w.:/@+-]*(,[\w.:/@+-]+=[\w.:/@+-]*)*$/, TAGS_RULE)
    .optional()
    .describe('Tags for all resources, `team=print,stage=live`; `application` is always there.'),
};

/** A list as the command line gives it, with commas between. */
function listed(given: unknown): unknown {
  return typeof given === 'string' ? given.split(',').map((part) => part.trim()) : given;
}

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
