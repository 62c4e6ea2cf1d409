import type { MiddlewareObj } from '@middy/core';
import secretsManager from '@middy/secrets-manager';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { KeySource, type KeySourceSettings, type OnStale } from './finerworks/key-source.ts';
import type { Keys } from './finerworks/keys.ts';

/** The invocation's context, with the keys that the middleware put there. */
export interface KeysContext extends Context {
  finerworksKeys: Keys;
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
    // A stalled Secrets Manager must leave time for the batch: 3 attempts end within 20 s.
    awsClientOptions: {
      maxAttempts: 3,
      requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000 },
    },
    cacheExpiry: 0,
    disablePrefetch: true,
  });
  return {
    before: async (request) => {
      request.context.finerworksKeys = await source.keys(async () => {
        const internal: { keys: unknown } = { keys: undefined };
        await reader.before?.({ ...request, internal });
        return await internal.keys;
      });
    },
  };
}
