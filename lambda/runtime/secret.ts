import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import secretsManager from '@middy/secrets-manager';
import { jsonOrUndefined } from '../general/json-or-undefined.ts';
import { AWS_CLIENT_SETTINGS } from './aws-client-settings.ts';

/**
 * Reads a secret with `@middy/secrets-manager`, without its cache. With an expiry, version 6.4.5
 * refreshes on a background timer, and a refresh that fails there ends the process as an unhandled
 * rejection; without one it never reads again. `KeySource` holds the keys instead.
 *
 * @returns a function that reads the secret's content, JSON already parsed
 */
export function secretReader(secretId: string): () => Promise<unknown> {
  const { before } = secretsManager({
    fetchData: { keys: secretId },
    awsClientOptions: AWS_CLIENT_SETTINGS,
    cacheExpiry: 0,
    disablePrefetch: true,
  });
  return async () => {
    const internal: { keys: unknown } = { keys: undefined };
    // It uses nothing of a request but `internal`, and before the first invocation there is no request.
    await before?.({ internal } as Parameters<NonNullable<typeof before>>[0]);
    return await internal.keys;
  };
}

/**
 * Reads further secrets, all with one client, which is made for the first of them: the middleware makes
 * a client for each secret.
 *
 * @returns a function that reads a secret's content by its name or ARN, JSON already parsed
 */
export function secretsReader(): (secretId: string) => Promise<unknown> {
  let client: SecretsManagerClient | undefined;
  return async (secretId) => {
    client ??= new SecretsManagerClient(AWS_CLIENT_SETTINGS);
    const { SecretString = '' } = await client.send(
      new GetSecretValueCommand({ SecretId: secretId }),
    );
    return jsonOrUndefined(SecretString);
  };
}
