import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startQueues } from '../../local/aws/queues.ts';
import { EventSource, type EventSourceSettings } from '../../local/lambda/event-source.ts';
import { Sandbox } from '../../local/lambda/sandbox.ts';
import { until } from './local-run.ts';

/** Runs a function, given as source, on a queue with these bodies, until enough was seen. */
export async function runFunction(
  source: string,
  bodies: readonly string[],
  settings: Partial<EventSourceSettings> & {
    maxReceiveCount?: number;
    visibilityTimeoutSeconds?: number;
  } = {},
) {
  const folder = await mkdtemp(join(tmpdir(), 'event-source-test-'));
  const bundle = join(folder, 'index.mjs');
  await writeFile(bundle, source);
  const { maxReceiveCount = 100, visibilityTimeoutSeconds = 1, ...limits } = settings;
  const queues = await startQueues({ visibilityTimeoutSeconds, maxReceiveCount, port: 0 });
  const lines: string[] = [];
  const sandboxes = [1, 2].map(
    () =>
      new Sandbox({
        bundle,
        environment: {},
        timeoutSeconds: 1,
        onLine: (line) => lines.push(line),
      }),
  );
  const deleted: string[] = [];
  const returned: string[] = [];
  const eventSource = new EventSource(
    { batchSize: 10, batchingWindowSeconds: 0.1, maxConcurrency: 2, ...limits },
    {
      ...queues,
      sandboxes,
      observer: {
        deleted: (records) => deleted.push(...records.map(({ messageId }) => messageId)),
        returned: (ids, why) => ids.length > 0 && returned.push(why),
        invoked: () => {},
      },
    },
  );
  await queues.send(bodies);
  eventSource.start();
  const dispose = async () => {
    await eventSource.stop();
    await Promise.all(sandboxes.map((sandbox) => sandbox.kill()));
    await queues.close();
    await rm(folder, { recursive: true });
  };
  return { queues, lines, deleted, returned, until, [Symbol.asyncDispose]: dispose };
}
