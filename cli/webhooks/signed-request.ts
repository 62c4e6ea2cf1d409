import type { WebhookRequest } from '../../webhooks/request.ts';
import type { Sender } from '../../webhooks/senders.ts';

/** What a webhook is made of. */
interface Payload {
  readonly url: string;
  readonly secret: string;
  readonly body: Buffer;
  /** Undefined for the usual one. */
  readonly topic: string | undefined;
  readonly id: string;
  /** When it is sent, in milliseconds since 1970; now by default. */
  readonly now?: number;
}

/** A request as a sender makes it: with its headers, and signed. */
export function signedRequest(
  { signer, topic: kind, idHeader }: Sender,
  { url, secret, body, topic, id, now = Date.now() }: Payload,
): WebhookRequest {
  const headers = {
    'content-type': 'application/json',
    ...(kind && { [kind.header]: topic ?? kind.usual }),
    ...(idHeader && { [idHeader]: id }),
  };
  const request = { method: 'POST', path: new URL(url).pathname, headers, body };
  return { ...request, headers: { ...headers, ...signer.sign(request, secret, now, id) } };
}
