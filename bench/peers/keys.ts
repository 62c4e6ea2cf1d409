import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { jsonOrUndefined } from '../../lambda/general/json-or-undefined.ts';
import { type Keys, parseKeys } from '../../lambda/keys/keys.ts';

const client = new SecretsManagerClient({});
let keys: Promise<Keys> | undefined;

/** The keys, read once in the sandbox's life. */
export function keysOnce(): Promise<Keys> {
  keys ??= readKeys();
  return keys;
}

async function readKeys(): Promise<Keys> {
  const secretId = process.env.FINERWORKS_SECRET_ID ?? '';
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
  return parseKeys(jsonOrUndefined(SecretString ?? ''), secretId);
}
