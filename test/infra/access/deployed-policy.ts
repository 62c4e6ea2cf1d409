import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import type { CloudEmulator } from '../cloud-emulator.ts';
import { Policy } from './policy.ts';

/** Whom a managed policy of the stack is for. */
export const ROLES = ['Producer', 'Viewer', 'Operator'] as const;
export type Role = (typeof ROLES)[number];

/** Reads the managed policy of a role as it was deployed, with every name of a resource filled in. */
export async function deployedPolicy(
  emulator: CloudEmulator,
  stack: string,
  role: Role,
): Promise<Policy> {
  const { Stacks = [] } = await new CloudFormationClient().send(
    new DescribeStacksCommand({ StackName: stack }),
  );
  const output = Stacks[0]?.Outputs?.find(({ OutputKey }) => OutputKey === `${role}PolicyArn`);
  const query = new URLSearchParams({
    Action: 'GetPolicyVersion',
    Version: '2010-05-08',
    PolicyArn: output?.OutputValue ?? '',
    VersionId: 'v1',
  });
  const answer = await (await emulator.request('iam', `/?${query}`)).text();
  const [, document = ''] = /<Document>(.*)<\/Document>/s.exec(answer) ?? [];
  return Policy.parse(JSON.parse(decodeURIComponent(document)));
}
