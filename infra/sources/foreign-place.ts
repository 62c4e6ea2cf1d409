import { ArnFormat, Stack, Token } from 'aws-cdk-lib';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';

/**
 * Finds fault with what is of another region than the stack.
 *
 * @returns undefined where it is of the same region, or nobody knows
 */
export function foreignRegionOf(scope: Construct, arn: string): string | undefined {
  if (Token.isUnresolved(arn)) return undefined;
  const [, , , region] = arn.split(':');
  const own = placeOf(scope).region;
  if (own === undefined || own === region) return undefined;
  return `is in ${region} and the stack in ${own}`;
}

/**
 * Finds out whether something is of another account than the stack.
 *
 * @returns undefined where it is of the same account, or nobody knows
 */
export function foreignAccountOf(scope: Construct, arn: string): string | undefined {
  if (Token.isUnresolved(arn)) return undefined;
  const [, , , , account] = arn.split(':');
  const own = placeOf(scope).account;
  if (own === undefined || own === account) return undefined;
  return `is of account ${account}, and the stack of ${own}`;
}

/**
 * Finds fault with a bus of another account or region: a rule knows its bus by the name alone, so that it would be
 * made on the bus of that name beside the stack, or on none.
 *
 * @returns undefined where the bus is of the same account and region, or nobody knows
 */
export function foreignPlaceOf(scope: Construct, { eventBusArn }: IEventBus): string | undefined {
  if (Token.isUnresolved(eventBusArn)) return undefined;
  const { region, account } = Stack.of(scope).splitArn(eventBusArn, ArnFormat.SLASH_RESOURCE_NAME);
  const own = placeOf(scope);
  const isOwn =
    [undefined, region].includes(own.region) && [undefined, account].includes(own.account);
  if (isOwn) return undefined;
  return `is of account ${account} in ${region}, and the stack is not: let a rule there forward the events to a bus beside the stack, and name that one`;
}

/** Where a stack goes: one that does not say so goes where the CDK's command line is at home. */
function placeOf(scope: Construct) {
  const { region, account } = Stack.of(scope);
  return {
    region: Token.isUnresolved(region) ? process.env.CDK_DEFAULT_REGION : region,
    account: Token.isUnresolved(account) ? process.env.CDK_DEFAULT_ACCOUNT : account,
  };
}
