import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { LambdaFunctionURLEvent, LambdaFunctionURLResult } from 'aws-lambda';
import { createPublisher } from 'finerworks-image-updates-producer';
import * as z from 'zod';
import { PimAccess, readProduct } from './pim.ts';
import { isSigned } from './signature.ts';
import { isConcerned, ProductDelta, toChange } from './to-change.ts';

const Secret = PimAccess.extend({ signingSecret: z.string().min(16) });
const Environment = z.object({
  QUEUE_URL: z.url(),
  SECRET_ID: z.string(),
  GUID_ATTRIBUTE: z.string(),
  TITLE_ATTRIBUTE: z.string(),
  DESCRIPTION_ATTRIBUTE: z.string(),
  LOCALE: z.string(),
  CHANNEL: z.string(),
});

const environment = Environment.parse(process.env);
const mapping = {
  guid: environment.GUID_ATTRIBUTE,
  title: environment.TITLE_ATTRIBUTE,
  description: environment.DESCRIPTION_ATTRIBUTE,
  locale: environment.LOCALE,
  scope: environment.CHANNEL,
};
const secrets = new SecretsManagerClient({});
const { publish } = createPublisher({
  queueUrl: environment.QUEUE_URL,
  source: '/akeneo',
  type: 'akeneo.product.updated',
});

/**
 * The destination of a subscription. Anything but 200 makes the Event Platform send it again (after
 * 5, 10 and 20 minutes; api.akeneo.com: key platform behaviors), so 200 is only said of what is on
 * the queue, or need not be.
 */
export async function handler(event: LambdaFunctionURLEvent): Promise<LambdaFunctionURLResult> {
  // The platform asks with HEAD whether there is anybody.
  if (event.requestContext.http.method === 'HEAD') return { statusCode: 200 };
  const body = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  const { signingSecret, ...pim } = await readSecret();
  if (!isSigned(body, event.headers, signingSecret)) return { statusCode: 401 };
  const delta = ProductDelta.safeParse(JSON.parse(body.toString('utf8')));
  if (!delta.success || !isConcerned(delta.data, mapping)) return { statusCode: 200 };
  const product = await readProduct(delta.data.data.product.uuid, pim);
  const change = toChange(delta.data, product, mapping);
  if (change === undefined) return { statusCode: 200 };
  const [result] = await publish([change]);
  if (result?.status === 'sent') return { statusCode: 200 };
  console.error(JSON.stringify(result));
  return { statusCode: 500 };
}

async function readSecret() {
  const { SecretString = '' } = await secrets.send(
    new GetSecretValueCommand({ SecretId: environment.SECRET_ID }),
  );
  return Secret.parse(JSON.parse(SecretString));
}
