import type { WebhookRequest } from '../../webhooks/request.ts';
import { UnavailableError } from '../errors.ts';

/** As long as Shopify waits, twice (shopify.dev: webhooks, HTTPS). Milliseconds. */
const TIMEOUT = 10_000;

/** @returns the status of the answer */
export async function postWebhook(
  url: string,
  { method, headers, body }: WebhookRequest,
): Promise<number> {
  const given = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, value]],
  );
  try {
    const answer = await fetch(url, {
      ...{ method, headers: given, body: new Uint8Array(body), redirect: 'error' },
      signal: AbortSignal.timeout(TIMEOUT),
    });
    return answer.status;
  } catch (error) {
    throw new UnavailableError('Network', `${url} does not answer`, { cause: error });
  }
}
