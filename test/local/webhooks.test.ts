import { expect, test } from '@jest/globals';
import { startTestSystem, until } from '../helpers/local-run.ts';
import { sharedDoorBundle } from '../helpers/shared-bundle.ts';
import { post, signedRequest } from '../helpers/webhooks.ts';

test('a webhook goes the whole way from its door to FinerWorks; unsigned it goes nowhere', async () => {
  await using system = await startTestSystem({ webhooks: { bundle: sharedDoorBundle() } });
  system.standIn.images.acceptAll = true;
  system.start();
  const { WEBHOOKS_URL: url = '', WEBHOOK_SECRET: secret = '' } = system.environment;
  expect(await post(url, signedRequest('shopify', { secret: 'another' }))).toBe(401);
  expect(await post(url, signedRequest('shopify', { secret }))).toBe(200);
  const guid = 'eaedbfbc-aee8-408f-9a80-43bda4e94de7';
  await until(() => system.standIn.images.get(guid)?.title === 'Example T-Shirt');
});
