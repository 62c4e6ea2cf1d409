import { Stack, Token, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { accountSecretsOf } from '../lambda/keys/account-secrets.ts';
import type { Settings } from './setting-fields.ts';

/** The parts of an ARN that a deployment fills in, by their places. */
const FILLED_IN = ['<AWS::Partition>', '', '<AWS::Region>', '<AWS::AccountId>'];

/**
 * Lets the function read the secret of the default set of keys, and those of `keysByAccount`: the one
 * that holds a map, or those whose names are made by the pattern, and no others.
 */
export function grantSecrets(scope: Construct, settings: Settings, grantee: LambdaFunction): void {
  const { secretName, secretKeyArn, keysByAccount } = settings;
  importSecret(scope, 'Keys', secretName).grantRead(grantee);
  if (keysByAccount !== undefined) grantKeysByAccount(scope, keysByAccount, grantee);
  if (secretKeyArn !== undefined) grantSecretKey(secretKeyArn, grantee);
}

function grantKeysByAccount(scope: Construct, setting: string, grantee: LambdaFunction): void {
  const secrets = accountSecretsOf(setting);
  if (secrets.kind === 'map') {
    importSecret(scope, 'KeysByAccount', secrets.secretId).grantRead(grantee);
    return;
  }
  const name = `${secrets.before}*${secrets.after}`;
  // The ARN of an existing secret ends with six random characters. A missing one has none, and must be
  // permitted too: otherwise the error is that access is denied, and not that there is no secret.
  const names = secrets.after === '' ? [name] : [`${name}-??????`, name];
  const { partition, region, account } = Stack.of(scope);
  const resources = names.map(
    (one) => `arn:${partition}:secretsmanager:${region}:${account}:secret:${one}`,
  );
  grantee.addToRolePolicy(
    new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources }),
  );
  for (const one of names) {
    // As cdk-nag writes an ARN with parts that the deployment fills in.
    const shown = [partition, 'secretsmanager', region, account]
      .map((part, at) => (Token.isUnresolved(part) ? FILLED_IN[at] : part))
      .join(':');
    Validations.of(grantee.role ?? grantee).acknowledge({
      id: `AwsSolutions-IAM5[Resource::arn:${shown}:secret:${one}]`,
      reason: `The accounts of ${setting} are known when events name them; the wildcard stands for nothing else.`,
    });
  }
}

function importSecret(scope: Construct, id: string, secret: string): ISecret {
  return secret.startsWith('arn:')
    ? Secret.fromSecretCompleteArn(scope, id, secret)
    : Secret.fromSecretNameV2(scope, id, secret);
}

/** Lets the function use the secrets' own key, and only to read secrets. */
function grantSecretKey(keyArn: string, grantee: LambdaFunction): void {
  const service = `secretsmanager.${Stack.of(grantee).region}.amazonaws.com`;
  grantee.addToRolePolicy(
    new PolicyStatement({
      actions: ['kms:Decrypt'],
      resources: [keyArn],
      conditions: { StringEquals: { 'kms:ViaService': service } },
    }),
  );
}
