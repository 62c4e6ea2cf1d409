import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { closeIdle } from '../general/close-idle.ts';

/** The SDK's own values (@smithy/node-http-handler), for agents whose connections can be discarded. */
const KEPT_ALIVE = { keepAlive: true, maxSockets: 50 };

/** The connections of all AWS clients. Plain http is for emulators. */
const AGENTS = { httpAgent: new HttpAgent(KEPT_ALIVE), httpsAgent: new HttpsAgent(KEPT_ALIVE) };

/**
 * Bounds for every AWS client: a stalled service must not use up the time that is reserved for the end
 * of the invocation. Two attempts end within 8 s. Without `throwOnRequestTimeout` the SDK's handler only
 * warns (@smithy/node-http-handler).
 */
export const AWS_CLIENT_SETTINGS = {
  maxAttempts: 2,
  requestHandler: {
    connectionTimeout: 1_000,
    requestTimeout: 3_000,
    throwOnRequestTimeout: true,
    ...AGENTS,
  },
} as const;

/** Closes the connections to AWS that no request uses at the moment. */
export function closeIdleAwsConnections(): void {
  closeIdle(Object.values(AGENTS));
}
