import { expect, test } from '@jest/globals';
import { logBytes } from '../../scripts/docs/cost/backfill.ts';
import {
  LOG_BYTES_OF_LAMBDA,
  LOG_BYTES_OF_WEBHOOK,
} from '../../scripts/docs/cost/webhook-table.ts';
import { startTestSystem, until } from '../helpers/local-run.ts';
import { guid } from '../helpers/records.ts';
import { sharedDoorBundle } from '../helpers/shared-bundle.ts';
import { post, signedRequest } from '../helpers/webhooks.ts';

test('a backfill is estimated with no less log than the function writes', async () => {
  const lines: string[] = [];
  await using system = await startTestSystem({ onLine: (line) => lines.push(line) });
  const guids = Array.from({ length: 200 }, (_, n) => guid(n));
  system.standIn.images.add(guids);
  await system.queues.send(guids.map((id) => JSON.stringify({ guid: id, title: 'a' })));
  system.start();
  await until(async () => (await system.queues.depth()) === 0);
  const batches = lines.filter((line) => line.includes('Batch processed')).length;
  const written = lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0);
  expect(batches).toBeGreaterThan(0);
  expect(written).toBeLessThanOrEqual(logBytes(batches, guids.length));
});

test('a webhook is estimated with no less log than its door writes, and Lambda about it', async () => {
  const lines: string[] = [];
  await using system = await startTestSystem({
    webhooks: { bundle: sharedDoorBundle() },
    onLine: (line) => lines.push(line),
  });
  const { WEBHOOKS_URL: url = '', WEBHOOK_SECRET: secret = '' } = system.environment;
  expect(await post(url, signedRequest('woocommerce', { secret }))).toBe(200);
  await until(() => lines.some((line) => line.includes('WebhooksPublished')));
  const written = lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0);
  expect(written).toBeLessThanOrEqual(LOG_BYTES_OF_WEBHOOK - LOG_BYTES_OF_LAMBDA);
});
