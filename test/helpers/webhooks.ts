import { readFileSync } from 'node:fs';
import { signedRequest as signedAsSent } from '../../cli/webhooks/signed-request.ts';
import type { WebhookRequest } from '../../webhooks/request.ts';
import { SENDERS } from '../../webhooks/senders.ts';
import type { SourceName } from '../../webhooks/sources/source-names.ts';

/** A secret that every source can sign with: Standard Webhooks wants base64. */
export const SIGNING_SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

const PAYLOADS = new URL('../webhooks/payloads/', import.meta.url);

/** The payload of a source, as its documents show it. */
export function payloadOf(name: string): Buffer {
  return readFileSync(new URL(`${name}.json`, PAYLOADS));
}

/** The same with other values. */
export function payloadWith(name: string, values: object): Buffer {
  const payload: unknown = JSON.parse(payloadOf(name).toString('utf8'));
  return Buffer.from(JSON.stringify(Object.assign(Object(payload), values)));
}

interface Signing {
  readonly body?: Buffer;
  readonly secret?: string;
  readonly topic?: string;
  readonly id?: string;
  /** Milliseconds since 1970. */
  readonly now?: number;
}

/** A request as a source makes it; of its documented payload, unless another body is given. */
export function signedRequest(
  source: SourceName,
  {
    body = payloadOf(source),
    secret = SIGNING_SECRET,
    topic,
    id = 'delivery-1',
    now = Date.now(),
  }: Signing = {},
): WebhookRequest {
  const url = `https://door.test/${source}`;
  return signedAsSent(SENDERS[source], { url, secret, body, topic, id, now });
}

/** Posts a request to a door. @returns the status of the answer */
export async function post(url: string, { method, path, headers, body }: WebhookRequest) {
  const given = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, value]],
  );
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: given,
    body: new Uint8Array(body),
  });
  return answer.status;
}
