/**
 * Marks a promise whose rejection is handled later. Without a handler by then, Node ends the process.
 * To await the promise still throws the error.
 */
export function handledLater<Value>(promise: Promise<Value>): Promise<Value> {
  promise.catch(() => {});
  return promise;
}
