import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { readSettings } from '../../infra/settings.ts';
import { ImageUpdatesStack } from '../../infra/stack.ts';

/** The template that these settings make, without the bundle, which no assertion here is about. */
export function templateOf(context: Record<string, unknown> = {}): Template {
  const settings = readSettings({ secretName: 'finerworks/keys', ...context });
  const code = Code.fromInline('export const handler = 1');
  return Template.fromStack(new ImageUpdatesStack(new App(), { settings, code }));
}

/** Every policy statement of the template, of roles and of queues. */
export function statements(made: Template): Record<string, unknown>[] {
  return ['AWS::IAM::Policy', 'AWS::SQS::QueuePolicy'].flatMap((type) =>
    Object.values(made.findResources(type)).flatMap(
      ({ Properties }) => Properties.PolicyDocument.Statement,
    ),
  );
}
