import { isDeepStrictEqual } from 'node:util';
import { Token } from 'aws-cdk-lib';
import type { EventPattern } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { TELLER } from '../../lambda/outcomes/outcome.ts';
import { OUTCOME_KINDS } from '../../lambda/outcomes/outcome-kinds.ts';
import type { ImageUpdatesProps } from '../image-updates-props.ts';
import { arnOfTarget, isTopic } from '../outcomes/outcomes-target.ts';
import type { Settings } from '../setting-fields.ts';
import { foreignAccountOf, foreignRegionOf } from '../sources/foreign-place.ts';
import type { Finding, Rule } from './rule.ts';

/** What the doctor says about where outcomes are told. */
export interface OutcomeFinding extends Finding {
  readonly level: Rule['level'];
}

const SETTING = 'outcomesTarget';

/** What is wrong with where outcomes are told: nothing would arrive, or all of it come back. */
export function diagnoseOutcomes(
  scope: Construct,
  { outcomes }: Settings,
  props: ImageUpdatesProps,
): OutcomeFinding[] {
  const { outcomesTarget: target, topic, eventRule } = props;
  if (target === undefined) {
    if (isDeepStrictEqual(outcomes, [...OUTCOME_KINDS])) return [];
    const message = 'says what is told, and outcomesTarget names nobody to tell';
    return [{ rule: 'outcomes-untold', level: 'warn', setting: 'outcomes', message }];
  }
  const findings: OutcomeFinding[] = [];
  const find = (level: Rule['level'], rule: string, message: string) =>
    findings.push({ level, rule: `outcomes-${rule}`, setting: SETTING, message });
  const arn = arnOfTarget(target);
  const region = foreignRegionOf(scope, arn);
  if (region !== undefined) {
    const advice =
      'the function tells what is in its own region: let a bus or a topic there forward';
    find('refuse', 'region', `${region}: ${advice}`);
  }
  const account = foreignAccountOf(scope, arn);
  if (account !== undefined) {
    const action = isTopic(target) ? 'sns:Publish' : 'events:PutEvents';
    const advice = `its policy must allow ${action} to the function's role, or nothing is told`;
    find('warn', 'account', `${account}: ${advice}`);
  }
  if (isTopic(target)) {
    if (target.fifo || arn.endsWith('.fifo')) {
      find('refuse', 'fifo', 'is a FIFO topic: outcomes have no order, so name a standard one');
    }
    if (topic?.topicArn === arn) {
      find('refuse', 'circle', 'is topicArn too: each outcome would come back as an event');
    }
    return findings;
  }
  // A rule's bus is beside the stack, or it is refused.
  const isOwn = region === undefined && account === undefined;
  const isOfRule = isOwn && eventRule?.eventBus.eventBusName === target.eventBusName;
  if (isOfRule && !leavesOutcomesOut(eventRule.eventPattern)) {
    const advice = `let it name the sources that it takes, without ${TELLER}`;
    find(
      'refuse',
      'circle',
      `is the bus of eventPattern, which takes outcomes as events: ${advice}`,
    );
  }
  return findings;
}

/** Whether a rule's pattern names sources, all of them literally others. */
function leavesOutcomesOut({ source }: EventPattern): boolean {
  const names: readonly unknown[] | undefined = source;
  return (
    names?.every(
      (name) => typeof name === 'string' && !Token.isUnresolved(name) && name !== TELLER,
    ) ?? false
  );
}
