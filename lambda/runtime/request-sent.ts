import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';

/** Node's own channel (Node: diagnostics_channel, HTTP). */
const CHANNEL = 'http.client.request.start';

/**
 * Resolves when the next request of `node:http` or `node:https` in this process is wholly written to its
 * connection, and only the answer is missing.
 */
export function nextRequestSent(): Promise<void> {
  return new Promise((resolve) => {
    const onStart = (message: unknown) => {
      unsubscribe(CHANNEL, onStart);
      (message as { request: ClientRequest }).request.once('finish', resolve);
    };
    subscribe(CHANNEL, onStart);
  });
}
