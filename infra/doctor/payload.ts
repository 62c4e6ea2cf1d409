/** Bytes. */
export const MEBIBYTE = 1_024 * 1_024;
/** What one invocation carries at most, in MiB (AWS: Lambda quotas, synchronous invocation payload). */
export const MAX_PAYLOAD = 6;
