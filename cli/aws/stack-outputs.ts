import { type CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import * as z from 'zod';
import { doorOutputsOf } from '../../infra/webhooks/door-outputs.ts';
import { SOURCE_NAMES, type SourceName } from '../../webhooks/sources/source-names.ts';
import { UsageError } from '../errors.ts';

/** The outputs of infra/stack.ts that commands need, and the stack's tags. */
const StackOutputs = z.object({
  QueueUrl: z.url(),
  DeadLetterQueueUrl: z.url(),
  FunctionName: z.string(),
  /** What a topic or a rule could not deliver; none where the settings name neither. */
  TopicUndeliveredUrl: z.url().optional(),
  RuleUndeliveredUrl: z.url().optional(),
  /** What the doors for webhooks could not map; none where the setting `webhooks` is empty. */
  WebhooksUndeliveredUrl: z.url().optional(),
  /** None where the setting `ledger` is off. */
  LedgerTableName: z.string().optional(),
  /** None where the setting `trailDays` is 0. */
  TrailTableName: z.string().optional(),
  /** Where alarms go; none where nothing is watched. */
  PageTopicArn: z.string().optional(),
  TicketTopicArn: z.string().optional(),
});
export type StackOutputs = z.output<typeof StackOutputs> & {
  readonly tags: Readonly<Record<string, string>>;
  /** The doors for webhooks, by source. */
  readonly doors: Readonly<Partial<Record<SourceName, DoorOutputs>>>;
};

interface DoorOutputs {
  readonly url: string;
  readonly functionName: string;
}

/**
 * Reads the outputs of a stack from CloudFormation.
 *
 * @throws {UsageError} where there is no such stack in the region, or it is not of this product
 */
export async function stackOutputs(
  client: CloudFormationClient,
  stack: string,
): Promise<StackOutputs> {
  const region = await client.config.region();
  const { Stacks = [] } = await describe(client, stack, region);
  const outputs = (Stacks[0]?.Outputs ?? []).map(({ OutputKey = '', OutputValue }) => [
    OutputKey,
    OutputValue,
  ]);
  const byName = Object.fromEntries(outputs);
  const parsed = StackOutputs.safeParse(byName);
  const tags = (Stacks[0]?.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]);
  if (parsed.success) {
    return { ...parsed.data, tags: Object.fromEntries(tags), doors: doorsIn(byName) };
  }
  const missing = parsed.error.issues.map(({ path }) => path.join('.'));
  throw new UsageError(
    `the stack ${stack} in ${region} has no output ${missing.join(', ')}: is it a stack of image updates?`,
  );
}

function doorsIn(outputs: Readonly<Record<string, string | undefined>>): StackOutputs['doors'] {
  return Object.fromEntries(
    SOURCE_NAMES.flatMap((source) => {
      const names = doorOutputsOf(source);
      const [url, functionName] = [outputs[names.url], outputs[names.functionName]];
      return url === undefined || functionName === undefined
        ? []
        : [[source, { url, functionName }]];
    }),
  );
}

async function describe(client: CloudFormationClient, stack: string, region: string) {
  try {
    return await client.send(new DescribeStacksCommand({ StackName: stack }));
  } catch (error) {
    // CloudFormation has no separate name for this error (AWS: DescribeStacks).
    if (error instanceof Error && /does not exist/.test(error.message)) {
      throw new UsageError(
        `there is no stack ${stack} in ${region}: name another with --stack, the queue with --queue, or the region with --region`,
        { cause: error },
      );
    }
    throw error;
  }
}
