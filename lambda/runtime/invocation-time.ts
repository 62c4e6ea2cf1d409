/** Reserved at the end of an invocation: ledger writes, dead letters, visibility changes, the response. */
const RESERVED_MILLISECONDS = 20_000;

/** How much of an invocation's remaining time calls may take, in milliseconds. */
export function timeForCalls(remainingMilliseconds: number): number {
  // A function with little time at all still gets most of it for calls.
  return remainingMilliseconds - Math.min(RESERVED_MILLISECONDS, remainingMilliseconds / 4);
}
