import { describe, expect, test } from '@jest/globals';
import { anchorOf, runbookSections } from '../../helpers/runbook.ts';
import { statementsOf, templateOf } from '../template.ts';
import { runbookCommands } from './runbook-commands.ts';

const template = templateOf({ heartbeatMinutes: 10 });

/** What stands for each name in the policies. */
const RESOURCES: Readonly<Record<string, RegExp>> = {
  '"$STACK"': /:stack\/FinerWorksImageUpdates\/\*/,
  '"$FUNCTION"': /ImageUpdatesFunction/,
  '"$LEDGER"': /ImageUpdatesLedger/,
};

/** What the commands are for which the console is used. */
const CONSOLE = [
  ['cloudwatch:GetDashboard', /:dashboard\//],
  ['cloudwatch:DescribeAlarms', /:alarm:\*/],
  ['logs:StartQuery', /ImageUpdatesLog/],
  ['logs:GetQueryResults', /^"\*"$/],
  ['logs:DescribeQueryDefinitions', /^"\*"$/],
] as const;

function isAllowed(role: 'Viewer' | 'Operator', action: string, resource = /./): boolean {
  return statementsOf(template, 'AWS::IAM::ManagedPolicy', new RegExp(`^${role}Policy`)).some(
    ({ Action, Resource }) =>
      [Action].flat().includes(action) && resource.test(JSON.stringify(Resource)),
  );
}

const begin = runbookSections().get('Where to begin') ?? '';
/** The sections that the runbook leaves to those who deploy. */
const [ofDeployersOnly = ''] = begin
  .split('\n\n')
  .filter((paragraph) => paragraph.startsWith('Who deploys'));
const ofDeployers = new Set(
  [...ofDeployersOnly.matchAll(/\(#([^)]+)\)/g)].map(([, anchor]) => anchor),
);
const commands = runbookCommands();
const ofPeopleOnCall = commands.filter(({ heading }) => !ofDeployers.has(anchorOf(heading)));

describe('who follows the runbook', () => {
  test('finds commands there', () => {
    expect(ofPeopleOnCall.length).toBeGreaterThan(5);
    expect(ofDeployers.size).toBeGreaterThan(3);
  });

  test.each(ofPeopleOnCall)('may run $action of $heading as an operator', ({ action, target }) => {
    expect(isAllowed('Operator', action, RESOURCES[target])).toBe(true);
  });

  test.each(CONSOLE)('may %s as a viewer and as an operator', (action, resource) => {
    expect(isAllowed('Viewer', action, resource)).toBe(true);
    expect(isAllowed('Operator', action, resource)).toBe(true);
  });

  test('is sent to those who deploy only where an operator may not do it', () => {
    for (const anchor of ofDeployers) {
      const there = commands.filter(({ heading }) => anchorOf(heading) === anchor);
      expect([anchor, there.some(({ action }) => !isAllowed('Operator', action))]).toEqual([
        anchor,
        true,
      ]);
    }
  });
});

describe('a viewer', () => {
  test('sees all that the alarms’ sections look at with AWS’s command line', () => {
    const looking = commands.filter(
      ({ heading, action }) =>
        heading.startsWith('Alarm: ') && /:(?:Get|List|Describe|Scan)/.test(action),
    );
    expect(looking.length).toBeGreaterThan(2);
    for (const { action, target } of looking) {
      expect([action, isAllowed('Viewer', action, RESOURCES[target])]).toEqual([action, true]);
    }
  });
});

describe('the policies', () => {
  test('fit into what IAM allows, whatever the names: 6,144 characters (AWS: IAM quotas)', () => {
    const everything = templateOf({ heartbeatMinutes: 10, queueKey: 'new' });
    const sizes = Object.values(everything.findResources('AWS::IAM::ManagedPolicy')).map(
      ({ Properties }) => JSON.stringify(Properties.PolicyDocument).length,
    );
    // References are about as long as what they become.
    expect(Math.max(...sizes)).toBeLessThan(6_144);
  });
});
