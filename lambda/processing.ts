import { MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { en } from 'zod/locales';
import * as z from 'zod/mini';
import { readConfig } from './config.ts';
import { eventReader } from './contract/image-event.ts';
import type { RejectedEvent } from './contract/rejected-event.ts';
import { createClient } from './finerworks/client.ts';
import { systemClock } from './general/clock.ts';
import { keyRingOnDemand } from './keys/key-ring-on-demand.ts';
import { KeySource, type PrefetchedSecret } from './keys/key-source.ts';
import type { InvocationKeys } from './lanes/key-sets.ts';
import { SandboxMemory } from './lanes/sandbox-memory.ts';
import { outcomesOnDemand } from './outcomes/outcomes-on-demand.ts';
import type { LostOutcomes } from './outcomes/tell-outcomes.ts';
import { run } from './pipeline.ts';
import { connectStores } from './runtime/connect-stores.ts';
import { logger, metrics, SERVICE } from './runtime/powertools.ts';
import { queuesOnDemand } from './runtime/queues-on-demand.ts';
import { secretsReader } from './runtime/secret.ts';
import { emitTelemetry } from './runtime/telemetry.ts';
import { trailKeeper } from './trail/keep-trail.ts';

/** Processes the batches of one sandbox. */
export interface Processing {
  /** The default set. */
  readonly keys: KeySource;
  /** Processes the batch of one invocation with the default set of keys; writes logs and metrics. */
  readonly processBatch: (
    event: SQSEvent,
    keys: InvocationKeys,
    context: Context,
  ) => Promise<SQSBatchResponse>;
}

/**
 * Connects the flow with AWS and FinerWorks. This file, with all that it imports, is loaded while the
 * secret is on its way (docs/decisions.md): nothing of it is needed before.
 *
 * @throws {ConfigError} where the environment is wrong
 */
export function prepare(environment: NodeJS.ProcessEnv, prefetched: PrefetchedSecret): Processing {
  // zod/mini has no language by default, and would say only that input is invalid.
  z.config(en());
  const config = readConfig(environment);
  const { trail, ...stores } = connectStores(config);
  const dependencies = {
    limits: config,
    clock: systemClock,
    random: Math.random,
    readEvent: eventReader(config),
    explain,
    ...createClient(config),
    memory: new SandboxMemory(config, Date.now()),
    ...queuesOnDemand(config),
    ...stores,
    loadDeadLettering: () => import('./settlement/dead-lettering.ts'),
  };
  const keepTrail = trailKeeper(trail, config, warnNoTrail);
  const tellOutcomes = outcomesOnDemand(config, SERVICE, warnOutcomesLost);
  const keySettings = { ...config, now: Date.now };
  const keysFor = keyRingOnDemand(keySettings, secretsReader(), warnStaleKeys);
  return {
    keys: new KeySource(keySettings, warnStaleKeys, prefetched),
    processBatch: async (event, keys, context) => {
      const invocation = {
        requestId: context.awsRequestId,
        remainingMilliseconds: context.getRemainingTimeInMillis(),
      };
      const keysOf = await keysFor(keys);
      const result = await run(event, { ...dependencies, keys: keysOf }, invocation);
      const now = Date.now();
      await emitTelemetry(result, now);
      const { requestId } = invocation;
      const remainingMilliseconds = context.getRemainingTimeInMillis();
      const settled = { requestId, now, remainingMilliseconds };
      await Promise.all([
        keepTrail(result.outcomes, settled),
        tellOutcomes(result.outcomes, settled),
      ]);
      return result.response;
    },
  };
}

function warnStaleKeys({ message }: Error): void {
  logger.warn('Going on with older keys', { error: message });
  metrics.addMetric('KeysStale', MetricUnit.Count, 1);
  metrics.addMetric('KeyFailures', MetricUnit.Count, 1);
}

function warnNoTrail(error: string): void {
  logger.warn('The trail of the batch is not kept', { error });
  metrics.addMetric('TrailFailed', MetricUnit.Count, 1);
}

function warnOutcomesLost(reasons: LostOutcomes): void {
  const lost = Object.values(reasons).reduce((sum, count) => sum + count, 0);
  logger.warn('Outcomes are not told', { lost, reasons });
  metrics.addMetric('OutcomesLost', MetricUnit.Count, lost);
}

/** Loaded with the first rejected event: most sandboxes never see one. */
async function explain(rejection: RejectedEvent): Promise<string> {
  return (await import('./contract/faults/explain.ts')).explain(rejection);
}
