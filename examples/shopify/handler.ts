import { createPublisher } from 'finerworks-image-updates-producer';
import { readDelivery } from './delivery.ts';
import { toChanges } from './to-changes.ts';

const { publish } = createPublisher({
  queueUrl: process.env.QUEUE_URL ?? '',
  source: '/shopify',
  type: 'shopify.product.updated',
});

/** The rule's target: whatever is not on the queue in the end fails, and is tried again. */
export async function handler(event: unknown): Promise<void> {
  const { product, facts } = readDelivery(event);
  const results = await publish(toChanges(product, facts));
  const unsent = results.filter(({ status }) => status !== 'sent');
  if (unsent.length > 0) throw new Error(`product ${product.id}: ${JSON.stringify(unsent)}`);
}
