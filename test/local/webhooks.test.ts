import { expect, test } from '@jest/globals';
import { startTestSystem, until } from '../helpers/local-run.ts';
import { sharedDoorBundle } from '../helpers/shared-bundle.ts';
import { payloadWith, post, signedRequest } from '../helpers/webhooks.ts';

test('a webhook goes the whole way from its door to FinerWorks; unsigned it goes nowhere', async () => {
  const lines: string[] = [];
  await using system = await startTestSystem({
    webhooks: { bundle: sharedDoorBundle() },
    onLine: (line) => lines.push(line),
  });
  system.standIn.images.acceptAll = true;
  system.start();
  const { WEBHOOKS_URL: url = '', WEBHOOK_SECRET: secret = '' } = system.environment;
  expect(await post(url, signedRequest('shopify', { secret: 'another' }))).toBe(401);
  const signed = signedRequest('shopify', { secret });
  expect(await post(url, signed)).toBe(200);
  const guid = 'eaedbfbc-aee8-408f-9a80-43bda4e94de7';
  await until(() => system.standIn.images.get(guid)?.title === 'Example T-Shirt');

  // Nothing of a body, a header or the secret is logged, of what can't be mapped either.
  const body = payloadWith('shopify', { title: ['Example T-Shirt'], body_html: null });
  expect(await post(url, signedRequest('shopify', { secret, body }))).toBe(200);
  await until(() => lines.some((line) => line.includes('A webhook could not be mapped')));
  const log = lines.join('\n');
  const untold = [
    'Example T-Shirt',
    secret,
    signed.headers['x-shopify-hmac-sha256'] ?? '',
    'delivery-1',
  ];
  expect(untold.filter((text) => log.includes(text))).toEqual([]);
});
