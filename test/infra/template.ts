import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { readSettings } from '../../infra/settings.ts';
import { ImageUpdatesStack } from '../../infra/stack.ts';

/** A bundle, which no assertion is about. */
export const CODE = Code.fromInline('export const handler = 1');

/** Where the apps of a file of tests write to; an app of no folder makes one that stays. */
const folder = mkdtempSync(join(tmpdir(), 'template-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Where in the code each resource was made: nobody reads it, and it takes a fifth of the time. */
const WITHOUT_TRACES = { 'aws:cdk:disable-creation-stack-traces': true };

/** An app that leaves nothing behind. */
function testApp(): App {
  return new App({ outdir: mkdtempSync(join(folder, 'cdk.out-')), context: WITHOUT_TRACES });
}

/** A stack for a construct under test. */
export function testStack(): Stack {
  return new Stack(testApp(), 'Default');
}

/** The stack that these settings make. */
export function stackOf(context: Record<string, unknown> = {}): ImageUpdatesStack {
  const settings = readSettings(context);
  return new ImageUpdatesStack(testApp(), { settings, code: CODE, doorCode: CODE });
}

/** The template that these settings make. */
export function templateOf(context: Record<string, unknown> = {}): Template {
  return Template.fromStack(stackOf(context));
}

/** Settings with everything that may be there: a key, other senders, addresses. */
export const EVERYTHING = {
  queueKey: 'new',
  senderAccounts: '444455556666, 777788889999',
  topicArn: 'arn:aws:sns:eu-west-1:111122223333:image-changes',
  eventBusName: 'default',
  eventPattern: '{"source":["com.example.pim"],"detail-type":["changed"]}',
  pageEmail: 'page@example.com',
  ticketEmail: 'ticket@example.com',
  heartbeatMinutes: 10,
  webhooks: 'shopify,standard-webhooks',
  outcomesTarget: 'default',
} as const;

/** Every policy statement of the template: of roles, for people, of queues, topics and keys. */
export function statements(made: Template): Record<string, unknown>[] {
  const documents = [
    'AWS::IAM::Policy',
    'AWS::IAM::ManagedPolicy',
    'AWS::SQS::QueuePolicy',
    'AWS::SNS::TopicPolicy',
  ].flatMap((type) =>
    Object.values(made.findResources(type)).map(({ Properties }) => Properties.PolicyDocument),
  );
  return documents.flatMap(({ Statement }) => Statement);
}

/** The statements of the template's keys, which speak of themselves as `*`. */
export function keyStatements(made: Template): Record<string, unknown>[] {
  return Object.values(made.findResources('AWS::KMS::Key')).flatMap(
    ({ Properties }) => Properties.KeyPolicy.Statement,
  );
}

/** The statements of one policy in the template, by the beginning of its logical id. */
export function statementsOf(made: Template, type: string, id: RegExp): Record<string, unknown>[] {
  return Object.entries(made.findResources(type))
    .filter(([name]) => id.test(name))
    .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement);
}
