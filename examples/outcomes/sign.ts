import { Webhook } from 'standardwebhooks';

/**
 * The headers of a signed webhook (standardwebhooks.com). While a secret is rotated there are two, and a
 * signature by each, so that either of them will do.
 *
 * @param secrets `whsec_…`, with blanks between
 * @throws where one of them is no secret
 */
export function signatureHeaders(id: string, time: Date, body: string, secrets: string) {
  const signatures = secrets.split(' ').map((secret) => new Webhook(secret).sign(id, time, body));
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(time.getTime() / 1_000)),
    'webhook-signature': signatures.join(' '),
  };
}
