import { Stack, Token, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { accountSecretsOf } from '../lambda/keys/account-secrets.ts';
import type { AccountKeys } from './account-keys.ts';

/** The parts of an ARN that a deployment fills in, by their places. */
const FILLED_IN = ['<AWS::Partition>', '', '<AWS::Region>', '<AWS::AccountId>'];

/** Where the keys are. */
export interface Secrets {
  /** The default set of keys. */
  readonly secret: ISecret;
  /** Key sets of single accounts. */
  readonly keysByAccount: AccountKeys | undefined;
  /** A customer-managed key that encrypts secrets which do not know theirs. */
  readonly secretEncryptionKey: IKey | undefined;
}

/**
 * Lets the function read the secret of the default set of keys, and those of `keysByAccount`: the one
 * that holds a map, or those whose names are made by the pattern, and no others.
 *
 * All of it stands in the function's role. CDK's own grant changes the policy of a secret's key too: that does
 * nothing where the key is imported, and where it is of another stack, each stack would depend on the other.
 */
export function grantSecrets(
  { secret, keysByAccount, secretEncryptionKey }: Secrets,
  grantee: LambdaFunction,
): void {
  grantSecret(secret, grantee);
  if (keysByAccount !== undefined) grantAccountKeys(keysByAccount, grantee);
  const keys = [secretEncryptionKey, secret.encryptionKey, keysByAccount?.secret?.encryptionKey];
  for (const key of new Set(keys)) if (key !== undefined) grantSecretKey(key, grantee);
}

/** Lets a function read a secret. */
export function grantSecret(secret: ISecret, grantee: LambdaFunction): void {
  // The ARN of a secret that is known by its name alone lacks six random characters.
  const arn = secret.secretFullArn ?? `${secret.secretArn}-??????`;
  grantee.addToRolePolicy(
    new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [arn] }),
  );
}

/** Lets a function use a key, and only to read secrets. */
export function grantSecretKey(key: IKey, grantee: LambdaFunction): void {
  const service = `secretsmanager.${Stack.of(grantee).region}.amazonaws.com`;
  grantee.addToRolePolicy(
    new PolicyStatement({
      actions: ['kms:Decrypt'],
      resources: [key.keyArn],
      conditions: { StringEquals: { 'kms:ViaService': service } },
    }),
  );
}

function grantAccountKeys({ secret, setting }: AccountKeys, grantee: LambdaFunction): void {
  if (secret !== undefined) grantSecret(secret, grantee);
  const secrets = accountSecretsOf(setting);
  if (secret !== undefined || secrets.kind === 'map') return;
  const name = `${secrets.before}*${secrets.after}`;
  // The ARN of an existing secret ends with six random characters. A missing one has none, and must be
  // permitted too: otherwise the error is that access is denied, and not that there is no secret.
  const names = secrets.after === '' ? [name] : [`${name}-??????`, name];
  const { partition, region, account } = Stack.of(grantee);
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
