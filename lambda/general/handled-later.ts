/**
 * Marks a promise whose rejection is handled only after something else. Node ends a process for a
 * rejection that has no handler by then; the one who awaits it still gets the error.
 */
export function handledLater<Value>(promise: Promise<Value>): Promise<Value> {
  promise.catch(() => {});
  return promise;
}
