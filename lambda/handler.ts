import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { readConfig } from './config.ts';
import { eventReader } from './contract/image-event.ts';
import { createClient } from './finerworks/client.ts';
import { finerworksKeys, type KeysContext } from './keys-middleware.ts';
import { run } from './pipeline.ts';
import { deadLetterQueue } from './queue/sqs.ts';
import { logger, metrics, tell } from './telemetry.ts';

const config = readConfig(process.env);
const readEvent = eventReader(config);
const sendToFinerWorks = createClient(config);
const sendDeadLetters = deadLetterQueue(config.deadLetterQueueUrl);

/**
 * What Lambda calls: `middy(...)` itself, since the bare function would run without its
 * middleware. Nothing here answers in the place of an error: an unexpected one must fail the
 * invocation, so that every record comes back.
 */
export const handler = middy<SQSEvent, SQSBatchResponse, Error, KeysContext>()
  .use(injectLambdaContext(logger, { resetKeys: true }))
  .use(logMetrics(metrics))
  .use(
    finerworksKeys({ ...config, now: Date.now }, (error) => {
      logger.warn('Going on with older keys', { error: error.message });
      metrics.addMetric('KeysStale', MetricUnit.Count, 1);
    }),
  )
  .onError(({ error }) => {
    logger.error('The invocation failed; every record comes back', { error: String(error) });
  })
  .handler(async (event, { finerworksKeys: keys, awsRequestId }) => {
    const outcome = await run(
      event,
      { limits: config, readEvent, send: (call) => sendToFinerWorks(call, keys), sendDeadLetters },
      { now: Date.now(), requestId: awsRequestId },
    );
    tell(outcome);
    return outcome.response;
  });
