import { Webhook } from 'standardwebhooks';
import type { Signer } from './signer.ts';

/**
 * Standard Webhooks, by their own library: `webhook-id`, `webhook-timestamp` within five minutes, `webhook-signature`
 * with one signature for each secret of the sender (standardwebhooks.com). It reads the clock itself.
 */
export const STANDARD_WEBHOOKS_SIGNER: Signer = {
  takes: (secret) => {
    try {
      return new Webhook(secret) !== undefined;
    } catch {
      return false;
    }
  },
  isSigned: ({ headers, body }, secrets) => {
    // The library signs the number that a text begins with, and the event's time is read from all of it: with letters
    // behind, a request that was overheard would count as new.
    if (!/^\d+$/.test(headers['webhook-timestamp'] ?? '')) return false;
    const given = {
      'webhook-id': headers['webhook-id'] ?? '',
      'webhook-timestamp': headers['webhook-timestamp'] ?? '',
      'webhook-signature': headers['webhook-signature'] ?? '',
    };
    return secrets.some((secret) => {
      try {
        new Webhook(secret).verify(body, given);
        return true;
      } catch (error) {
        // It parses what it has verified: who signs what is no JSON is still who he is.
        return error instanceof SyntaxError;
      }
    });
  },
  sign: ({ body }, secret, now, id) => ({
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now / 1_000)),
    'webhook-signature': new Webhook(secret).sign(id, new Date(now), body),
  }),
};
