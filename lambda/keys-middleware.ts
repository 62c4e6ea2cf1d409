import type { MiddlewareObj } from '@middy/core';
import secretsManager from '@middy/secrets-manager';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { AWS_CLIENT_SETTINGS } from './aws-client-settings.ts';
import { KeySource, type KeySourceSettings, type OnStale } from './finerworks/key-source.ts';
import type { InvocationKeys } from './finerworks/sender.ts';

/** The invocation's context, with the keys that the middleware put there. */
export interface KeysContext extends Context {
  finerworksKeys: InvocationKeys;
}

type Middleware = MiddlewareObj<SQSEvent, SQSBatchResponse, Error, KeysContext>;

/**
 * Puts the FinerWorks keys into the context, before the handler runs.
 *
 * `@middy/secrets-manager` reads the secret, but its cache is left off: with an expiry, version
 * 6.4.5 refreshes on a background timer, and a refresh that fails there ends the process as an
 * unhandled rejection; without one it never reads again. {@link KeySource} holds the keys instead.
 */
export function finerworksKeys(settings: KeySourceSettings, onStale: OnStale): Middleware {
  const source = new KeySource(settings, onStale);
  const reader = secretsManager({
    fetchData: { keys: settings.secretId },
    awsClientOptions: AWS_CLIENT_SETTINGS,
    cacheExpiry: 0,
    disablePrefetch: true,
  });
  return {
    before: async (request) => {
      const readSecret = async () => {
        const internal: { keys: unknown } = { keys: undefined };
        await reader.before?.({ ...request, internal });
        return await internal.keys;
      };
      request.context.finerworksKeys = {
        current: await source.keys(readSecret),
        reload: () => source.reload(readSecret),
      };
    },
  };
}
