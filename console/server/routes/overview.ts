import { Hono } from 'hono';
import * as z from 'zod';
import { type Chart, chartsOf } from '../../../cli/aws/charts.ts';
import { queueAttributes, queueNameOf } from '../../../cli/aws/queue-attributes.ts';
import { hasService } from '../../../cli/aws/reachable.ts';
import { switchTaking } from '../../../cli/aws/switch-mapping.ts';
import type { Env } from '../env.ts';
import { input } from '../input.ts';
import type { Managed } from '../managed.ts';
import { overviewOf } from '../overview/overview.ts';

/** The longest that charts show: 14 days. */
const MAX_HOURS = 336;

const Range = z.object({ hours: z.coerce.number().int().min(1).max(MAX_HOURS) });

/** How a deployment is doing, and whether it takes events. */
export const overview = new Hono<Env>()
  .get('/overview', async (c) => c.json(await overviewOf(c.var.managed)))
  .get('/charts', input('query', Range), async (c) => {
    const { managed } = c.var;
    const queueUrl = await managed.deployment.queueUrl();
    const isRemembered = hasService('CLOUDWATCH', queueUrl, managed.terminal);
    const charts = isRemembered
      ? await remembered(managed, queueUrl, c.req.valid('query').hours)
      : [seen(managed)];
    return c.json({ isRemembered, charts });
  })
  .post('/change/pause', async (c) => {
    return c.json({ state: (await switchTaking(c.var.managed, false)).state });
  })
  .post('/change/resume', async (c) => {
    return c.json({ state: (await switchTaking(c.var.managed, true)).state });
  });

async function remembered({ deployment, clients }: Managed, queueUrl: string, hours: number) {
  const [queue, deadLetterQueue] = await Promise.all([
    queueAttributes(clients.sqs, queueUrl),
    queueAttributes(clients.sqs, await deployment.deadLetterQueueUrl()),
  ]);
  const charted = {
    queueName: queueNameOf(queue.arn),
    deadLetterQueueName: queueNameOf(deadLetterQueue.arn),
    functionName: await deployment.functionName(),
  };
  return chartsOf(clients.cloudWatch, charted, hours, Date.now());
}

/** What the console itself saw, since its overview is open. */
function seen({ samples }: Managed): Chart {
  const { all } = samples;
  return {
    title: 'Messages',
    unit: 'messages',
    times: all.map(({ at }) => at / 1_000),
    curves: [
      { label: 'waiting', values: all.map(({ queue }) => queue) },
      { label: 'dead letters', values: all.map(({ deadLetters }) => deadLetters) },
    ],
  };
}
