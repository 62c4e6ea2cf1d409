import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { handledLater } from './general/handled-later.ts';
import { freshConnections } from './runtime/fresh-connections.ts';
import { finerworksKeys, type KeysContext } from './runtime/keys-middleware.ts';
import { logger, metrics } from './runtime/powertools.ts';
import { nextRequestSent } from './runtime/request-sent.ts';
import { secretReader } from './runtime/secret.ts';
import { VARIABLES } from './variables.ts';

/** Resolves when the request for the secret, which is the first of all, has left. */
const sent = nextRequestSent();
/** The secret's name is checked with the other settings, before the content is used. */
const readSecret = secretReader(process.env[VARIABLES.secretId] ?? '');
const prefetched = { content: handledLater(readSecret()), startedAt: Date.now() };

/**
 * Everything that processes batches. It is loaded while the secret is on its way: to load it sooner would
 * delay the request for the secret. Where that can't be sent, it is loaded as soon as this is known. If
 * the loading or the read of the secret fails, the invocations that wait for it fail.
 */
const processing = handledLater(
  Promise.race([sent, prefetched.content.catch(() => {})]).then(async () => {
    const { prepare } = await import('./processing.ts');
    return prepare(process.env, prefetched);
  }),
);
const keySource = handledLater(processing.then(({ keys }) => keys));

// When this file has run, Lambda begins with the first invocation, or freezes the sandbox until there is
// one. Until then it lends more of the processor than the memory buys (docs/decisions.md).
await processing.catch(() => {});

/**
 * What Lambda calls: `middy(...)` itself, since the bare function would run without its middleware.
 * No middleware here answers an error: an unexpected error must fail the invocation, so that every
 * record comes back.
 */
export const handler = middy<SQSEvent, SQSBatchResponse, Error, KeysContext>()
  .use(injectLambdaContext(logger, { resetKeys: true }))
  .use(logMetrics(metrics))
  .use(freshConnections(Date.now))
  .use(finerworksKeys(keySource, readSecret))
  .onError(({ error }) => {
    logger.error('The invocation failed; every record comes back', { error: String(error) });
  })
  .handler(async (event, context) => {
    const { processBatch } = await processing;
    return processBatch(event, context.finerworksKeys, context);
  });
