import { spawnSync } from 'node:child_process';
import { mkdtempDisposableSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { bundleFunction } from '../../infra/bundle.ts';
import { readJson } from '../helpers/json-file.ts';
import { testEveryPackage } from './every-package.ts';
import { type InstalledPackage, installPackage, ROOT } from './installed-package.ts';
import { typeCheck } from './type-check.ts';

const EXAMPLE = join(ROOT, 'examples/construct/app.ts');

/** An app in which everything that the construct takes comes from other constructs, of its own stack or another. */
const EVERYTHING = `
import { App, aws_cloudwatch, Duration, Stack } from 'aws-cdk-lib';
import { EventBus, Match } from 'aws-cdk-lib/aws-events';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { AccountKeys, ImageUpdates, type ImageUpdatesProps } from 'finerworks-image-updates-construct';

const app = new App();
const base = new Stack(app, 'Base');
const encryptionKey = new Key(base, 'Key');
const secret = new Secret(base, 'Keys', { encryptionKey });
const logins = new Secret(base, 'Logins');
const topic = new Topic(base, 'Changes', { masterKey: encryptionKey });
const eventBus = new EventBus(base, 'Bus');

const stack = new Stack(app, 'Images');
const props: ImageUpdatesProps = {
  secret,
  keysByAccount: AccountKeys.fromSecret(logins),
  encryptionKey: new Key(stack, 'Key'),
  topic,
  eventRule: { eventBus, eventPattern: { source: Match.prefix('com.example.') } },
  senderAccounts: [base.account],
  timeout: Duration.minutes(3),
  retryFor: Duration.days(1),
  logRetention: RetentionDays.SIX_MONTHS,
  ledger: true,
  monitoring: false,
};
const updates = new ImageUpdates(stack, 'ImageUpdates', props);
const backend = new Role(stack, 'Backend', { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') });
updates.grantSend(backend).assertSuccess();
new Topic(stack, 'Done').grantPublish(updates);
updates.function.metricErrors().createAlarm(stack, 'Errors', { threshold: 1, evaluationPeriods: 1 });
updates.metric('Images').createAlarm(stack, 'Idle', {
  threshold: 1,
  evaluationPeriods: 12,
  comparisonOperator: aws_cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
});
new ImageUpdates(new Stack(app, 'Smallest'), 'ImageUpdates');
`;

let installed: InstalledPackage;
beforeAll(() => {
  installed = installPackage('infra');
});
afterAll(() => installed[Symbol.dispose]());

testEveryPackage('infra', 'dist/infra/image-updates.js', () => installed);

/** Runs an app in the folder of the installation. @returns reads the template of a stack */
function synthesise(app: string): (stack: string) => Template {
  const { folder } = installed;
  writeFileSync(join(folder, 'app.ts'), app);
  const { stderr, status } = spawnSync(process.execPath, ['app.ts'], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, TMPDIR: folder, CDK_OUTDIR: join(folder, 'cdk.out') },
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return (stack) => Template.fromJSON(readJson(join(folder, `cdk.out/${stack}.template.json`)));
}

test('an app of somebody else synthesises with it and its own queue, and needs no bundler', () => {
  const template = synthesise(readFileSync(EXAMPLE, 'utf8'))('Shop');
  template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
    EventSourceArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^ImageEvents'), 'Arn'] },
  });
  template.hasResourceProperties('AWS::Lambda::Function', {
    Timeout: 60,
    Handler: 'index.handler',
  });
  template.hasResourceProperties('AWS::SNS::Subscription', { Endpoint: 'on-call@example.com' });
  expect(readdirSync(join(installed.folder, 'node_modules'))).not.toContain('esbuild');
});

test('everything may come from other constructs, of another stack too', () => {
  const templateOf = synthesise(EVERYTHING);
  const template = templateOf('Images');
  template.resourceCountIs('AWS::CloudWatch::Alarm', 2);
  template.hasResourceProperties('AWS::Lambda::Function', {
    Timeout: 180,
    Environment: {
      Variables: Match.objectLike({
        FINERWORKS_SECRET_ID: Match.not(Match.exact('finerworks/keys')),
      }),
    },
  });
  template.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: { source: [{ prefix: 'com.example.' }] },
  });
  templateOf('Smallest').hasResourceProperties('AWS::Lambda::Function', {
    Environment: { Variables: Match.objectLike({ FINERWORKS_SECRET_ID: 'finerworks/keys' }) },
  });
  expect(typeCheck(installed.folder, 'everything.ts', EVERYTHING)).toBe('');
});

test('it holds the very bundle that this repository deploys', () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'construct-test-'));
  bundleFunction(folder.path);
  expect(filesIn(join(installed.path, 'dist/function'))).toEqual(filesIn(folder.path));
});

test('its types are checked against those of the package, without a look at the sources', () => {
  const app = readFileSync(EXAMPLE, 'utf8');
  expect(typeCheck(installed.folder, 'typed.ts', app)).toBe('');
  for (const [right, wrong] of [
    ['callsPerSecond: 2', "callsPerSecond: 'fast'"],
    ['timeout: Duration.seconds(60)', 'timeout: 60'],
  ] as const) {
    expect(typeCheck(installed.folder, 'typed.ts', app.replace(right, wrong))).toMatch(
      /^typed\.ts\(\d+,\d+\): error TS2322/,
    );
  }
});

/** Every file of a folder with its content. */
function filesIn(folder: string): Map<string, string> {
  const names = readdirSync(folder).sort();
  return new Map(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}
