import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { secretIdOf } from '../account-keys.ts';
import type { ImageUpdatesProps } from '../image-updates-props.ts';
import type { Settings } from '../setting-fields.ts';
import { foreignPlaceOf } from '../sources/foreign-place.ts';
import { diagnose, diagnoseAlarms } from './doctor.ts';
import { diagnoseOutcomes } from './outcome-rules.ts';
import { diagnoseQueues } from './queue-rules.ts';
import { diagnoseAlarmTopics, diagnoseKeys, diagnoseRegions } from './resource-rules.ts';
import type { Finding, Rule } from './rule.ts';
import { diagnoseProbe } from './saved-probe.ts';

/** What the doctor says about the properties of the construct. */
export interface PropFinding extends Finding {
  readonly level: Rule['level'];
}

/**
 * What is wrong with properties that are each valid, and with settings besides what stopped the synthesis
 * already.
 *
 * @param secret of the default set of keys, given or not
 */
export function diagnoseProps(
  scope: Construct,
  settings: Settings,
  { secret, ...props }: ImageUpdatesProps & { readonly secret: ISecret },
): PropFinding[] {
  const { pageTopic, ticketTopic, probe } = props;
  const told = {
    ...settings,
    pageTopicArn: pageTopic?.topicArn,
    ticketTopicArn: ticketTopic?.topicArn,
  };
  const warnings = [
    ...diagnose(settings, 'warn'),
    ...diagnoseAlarms(told),
    ...diagnoseProbe(settings, probe),
  ];
  return [
    ...warnings.map((finding): PropFinding => ({ ...finding, level: 'warn' })),
    ...diagnoseQueues(settings, props),
    ...diagnoseOutcomes(scope, settings, props),
    ...refusals(scope, { secret, ...props }),
  ];
}

function refusals(
  scope: Construct,
  props: ImageUpdatesProps & { readonly secret: ISecret },
): PropFinding[] {
  const { secret, keysByAccount, eventRule } = props;
  const findings: Omit<PropFinding, 'level'>[] = [
    ...diagnoseKeys(props),
    ...diagnoseRegions(scope, props),
    ...diagnoseAlarmTopics(props),
  ];
  if (keysByAccount?.setting === secretIdOf(secret)) {
    findings.push({
      rule: 'same-secret',
      setting: 'keysByAccount',
      message: 'is the secret of the default set: those of accounts need another',
    });
  }
  const ofBus = eventRule && foreignPlaceOf(scope, eventRule.eventBus);
  if (ofBus !== undefined) {
    findings.push({ rule: 'bus-place', setting: 'eventBusName', message: ofBus });
  }
  return findings.map((finding) => ({ ...finding, level: 'refuse' }));
}
