import type { Keys } from '../../lambda/keys/keys.ts';
import type { PeerEvent } from './event.ts';

/** What users of the API wait for an answer (docs/finerworks-api.md). */
const TIMEOUT_MILLISECONDS = 25_000;

/** FinerWorks did not take the call. */
export class UpdateFailed extends Error {
  override readonly name = 'UpdateFailed';
  readonly status: number;

  constructor(status: number) {
    super(`update_images answered ${status}`);
    this.status = status;
  }
}

/**
 * One `PUT /v3/update_images`, as a user of the API would write it.
 *
 * @param timeout in milliseconds
 * @throws {UpdateFailed} for any answer but success, and whatever `fetch` throws
 */
export async function updateImages(
  images: readonly PeerEvent[],
  keys: Keys,
  { apiUrl = process.env.FINERWORKS_API_URL ?? '', timeout = TIMEOUT_MILLISECONDS } = {},
): Promise<void> {
  const response = await fetch(`${apiUrl}/v3/update_images`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', ...keys },
    body: bodyOf(images),
    signal: AbortSignal.timeout(timeout),
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
