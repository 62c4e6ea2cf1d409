import { describe, expect, test } from '@jest/globals';
import { Match } from 'aws-cdk-lib/assertions';
import { runbookSections } from '../helpers/runbook.ts';
import { templateOf } from './template.ts';

const template = templateOf();
const VERSION = Match.stringLikeRegexp('FunctionCurrentVersion');

describe('the event source', () => {
  test('invokes the alias, which points at a published version', () => {
    template.hasResourceProperties('AWS::Lambda::Alias', {
      Name: 'live',
      FunctionVersion: { 'Fn::GetAtt': [VERSION, 'Version'] },
    });
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      FunctionName: { 'Fn::Join': ['', [Match.anyValue(), ':live']] },
    });
  });
});

describe('a version', () => {
  const versionOf = (context: Record<string, unknown>) =>
    Object.keys(templateOf(context).findResources('AWS::Lambda::Version'))[0];

  test('is new with each change of settings, and the same without one', () => {
    expect(versionOf({})).toBe(versionOf({}));
    expect(versionOf({ maxTitleLength: '50' })).not.toBe(versionOf({}));
  });

  test('stays for a way back, unless its own deployment fails: it would stand in the way of the next', () => {
    template.hasResource('AWS::Lambda::Version', {
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
    });
  });
});

describe('a rollout', () => {
  test('is CodeDeploy’s: a tenth first, and back where an alarm of the function rings', () => {
    template.hasResource('AWS::Lambda::Alias', {
      UpdatePolicy: { CodeDeployLambdaAliasUpdate: Match.anyValue() },
    });
    const [group] = Object.values(template.findResources('AWS::CodeDeploy::DeploymentGroup'));
    expect(group?.Properties).toMatchObject({
      DeploymentConfigName: 'CodeDeployDefault.LambdaCanary10Percent15Minutes',
      AutoRollbackConfiguration: {
        Enabled: true,
        Events: expect.arrayContaining(['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM']),
      },
    });
    const names = group?.Properties.AlarmConfiguration.Alarms.map(
      ({ Name }: { Name: string }) => Name,
    );
    const made = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(
      ({ Properties }) => Properties.AlarmName,
    );
    expect(made).toEqual(expect.arrayContaining(names));
    const kinds = names.map((name: string) => name.split('-').at(-1));
    expect(kinds).toEqual(['FunctionErrors', 'KeyFailures', 'SystemicRefusal', 'NotTaken']);
  });

  test('can be left out: the alias moves at once then, and can be moved back all the same', () => {
    const made = templateOf({ rollout: 'at-once' });
    made.resourceCountIs('AWS::CodeDeploy::DeploymentGroup', 0);
    made.hasResource('AWS::Lambda::Alias', { UpdatePolicy: Match.absent() });
    made.resourceCountIs('AWS::Lambda::Version', 1);
  });

  test('has its section in the runbook', () => {
    expect(runbookSections().get('Going back to the version before')).toContain('rollback');
  });
});
