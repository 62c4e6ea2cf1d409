/** The name of an unknown error. Its message is not used: it can hold what the call was given, keys included. */
export function errorName(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
