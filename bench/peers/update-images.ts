import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import { jsonOrUndefined } from '../../lambda/general/json-or-undefined.ts';
import { type Keys, parseKeys } from '../../lambda/keys/keys.ts';

/** What users of the API wait for an answer (docs/finerworks-api.md). */
const TIMEOUT_MILLISECONDS = 25_000;

/** The plain form of an event, as far as a peer needs it. */
export const PeerEvent = z.object({
  guid: z.uuid(),
  title: z.string().optional(),
  description: z.string().optional(),
});
export type PeerEvent = z.output<typeof PeerEvent>;

/** What becomes of one valid event. */
export type HandleEvent = (event: PeerEvent) => Promise<void>;

/** FinerWorks did not take the call. */
export class UpdateFailed extends Error {
  override readonly name = 'UpdateFailed';
  readonly status: number;

  constructor(status: number) {
    super(`update_images answered ${status}`);
    this.status = status;
  }
}

let keys: Promise<Keys> | undefined;

/**
 * One `PUT /v3/update_images`, as a user of the API would write it, with keys that are read once in
 * the sandbox's life.
 *
 * @throws {UpdateFailed} for any answer but success, and whatever `fetch` throws
 */
export async function updateImages(images: readonly PeerEvent[]): Promise<void> {
  keys ??= readKeys();
  const response = await fetch(`${process.env.FINERWORKS_API_URL}/v3/update_images`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', ...(await keys) },
    body: bodyOf(images),
    signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
  });
  const text = await response.text();
  if (!response.ok || !text.includes('"success":true')) throw new UpdateFailed(response.status);
}

/** The request's body. */
export function bodyOf(images: readonly PeerEvent[]): string {
  return JSON.stringify({
    images: images.map(({ guid, title, description }) => ({ guid, title, description })),
    account_key: null,
  });
}

async function readKeys(): Promise<Keys> {
  const secretId = process.env.FINERWORKS_SECRET_ID ?? '';
  const command = new GetSecretValueCommand({ SecretId: secretId });
  const { SecretString } = await new SecretsManagerClient({}).send(command);
  return parseKeys(jsonOrUndefined(SecretString ?? ''), secretId);
}
