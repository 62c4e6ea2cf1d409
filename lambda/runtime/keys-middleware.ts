import type { MiddlewareObj } from '@middy/core';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { KeySource, ReadSecret } from '../keys/key-source.ts';
import type { InvocationKeys } from '../lanes/key-sets.ts';

/** The invocation's context, to which the middleware adds the default set of keys. */
export interface KeysContext extends Context {
  finerworksKeys: InvocationKeys;
}

type Middleware = MiddlewareObj<SQSEvent, SQSBatchResponse, Error, KeysContext>;

/**
 * Adds the default set of keys to the context before the handler runs. Those of single accounts are read
 * when they are needed (keys/key-ring.ts).
 *
 * @param source may still be loading
 */
export function finerworksKeys(source: Promise<KeySource>, readSecret: ReadSecret): Middleware {
  return {
    before: async ({ context }) => {
      const keys = await source;
      context.finerworksKeys = {
        current: await keys.keys(readSecret),
        reload: () => keys.reload(readSecret),
      };
    },
  };
}
