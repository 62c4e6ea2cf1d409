import { MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Context } from 'aws-lambda';
import { freshConnections } from '../lambda/runtime/fresh-connections.ts';
import { metrics } from '../lambda/runtime/powertools.ts';
import { ANSWERS, type Answer } from './answers.ts';
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
    if (request === undefined) {
      const delivered = await redeliver(event, dependencies);
      count(delivered.answer);
      return delivered;
    }
    const answer = await answerTo(request, dependencies);
    count(answer);
    // The body is for people who try a door: senders read the status alone.
    return {
      statusCode: ANSWERS[answer].status,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ answer }),
    };
  } finally {
    metrics.publishStoredMetrics();
    connections.after();
  }
}

function count(answer: Answer): void {
  metrics.addMetric(ANSWERS[answer].metric, MetricUnit.Count, 1);
}
