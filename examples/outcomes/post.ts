import * as z from 'zod';
import { signatureHeaders } from './sign.ts';

/** An outcome; what else is in it concerns the shop alone. */
export const Outcome = z.looseObject({ id: z.string().min(1) });
type Outcome = z.output<typeof Outcome>;

/** Milliseconds for an answer (Standard Webhooks: 15 to 30 seconds). */
const TIMEOUT = 15_000;

/**
 * Sends an outcome to a shop, signed. Its id is the same each time that it is sent.
 *
 * @param secrets `whsec_…`, with blanks between
 * @throws where the shop does not answer with 2xx, so that it is sent again
 */
export async function postOutcome(url: string, secrets: string, outcome: Outcome): Promise<void> {
  const body = JSON.stringify(outcome);
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/cloudevents+json',
      ...signatureHeaders(outcome.id, new Date(), body, secrets),
    },
    body,
    // The signature would go with it, to somebody else.
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT),
  });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`${outcome.id}: the shop answered ${response.status}`);
}
