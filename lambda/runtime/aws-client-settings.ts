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
  },
} as const;
