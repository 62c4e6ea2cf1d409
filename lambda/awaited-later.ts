/**
 * Marks a promise that is awaited only after something else. Node ends a process for a rejection
 * of which nobody has heard by then; whoever awaits it still gets the error.
 */
export function awaitedLater<Value>(promise: Promise<Value>): Promise<Value> {
  promise.catch(() => {});
  return promise;
}
