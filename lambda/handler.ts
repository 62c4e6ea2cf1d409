import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { en } from 'zod/locales';
import * as z from 'zod/mini';
import { systemClock } from './clock.ts';
import { readConfig } from './config.ts';
import { eventReader } from './contract/image-event.ts';
import { createClient } from './finerworks/client.ts';
import { Pace, shareOf } from './finerworks/pace.ts';
import { finerworksKeys, type KeysContext } from './keys-middleware.ts';
import { connectLedger } from './ledger/table.ts';
import { run } from './pipeline.ts';
import { queuesOnDemand } from './queue/queues-on-demand.ts';
import { logger, metrics, tell } from './telemetry.ts';

// The small zod knows no language by itself, and would call everything just invalid.
z.config(en());

const config = readConfig(process.env);
const surroundings = {
  limits: config,
  clock: systemClock,
  random: Math.random,
  readEvent: eventReader(config),
  ...createClient(config),
  pace: new Pace(shareOf(config), Date.now()),
  ...queuesOnDemand(config),
  ledger: config.ledgerTable === undefined ? undefined : connectLedger(config.ledgerTable),
};

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
  .handler(async (event, context) => {
    const invocation = {
      requestId: context.awsRequestId,
      remainingMilliseconds: context.getRemainingTimeInMillis(),
    };
    const outcome = await run(event, { ...surroundings, keys: context.finerworksKeys }, invocation);
    tell(outcome, Date.now());
    return outcome.response;
  });
