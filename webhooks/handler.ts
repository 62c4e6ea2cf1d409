import { MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Context } from 'aws-lambda';
import { freshConnections } from '../lambda/runtime/fresh-connections.ts';
import { logger, metrics } from '../lambda/runtime/powertools.ts';
import { ANSWERS } from './answers.ts';
import { answerTo } from './door.ts';
import { openDoor } from './open-door.ts';
import { redeliver } from './redeliver.ts';
import { requestOf } from './request.ts';

const door = openDoor(process.env);
const connections = freshConnections(Date.now);

/**
 * What Lambda calls: with a request of the function URL, or with a letter that somebody redrives. The latter needs the
 * right to invoke, which the URL gives nobody.
 */
export async function handler(event: unknown, context: Context): Promise<object> {
  connections.before();
  try {
    const request = requestOf(event);
    const dependencies = door.dependenciesFor(context.awsRequestId);
    if (request === undefined) return await redeliver(event, dependencies);
    const answer = await answerTo(request, dependencies);
    const { status, metric } = ANSWERS[answer];
    metrics.addMetric(metric, MetricUnit.Count, 1);
    if (answer === 'undelivered') logger.warn('A delivery could not be mapped');
    return { statusCode: status };
  } finally {
    metrics.publishStoredMetrics();
    connections.after();
  }
}
