// @ts-nocheck
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type Keys, parseKeys } from '../../lambda/finerworks/keys.ts';
import { jsonOrUndefined } from '../../lambda/json-or-undefined.ts';

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
