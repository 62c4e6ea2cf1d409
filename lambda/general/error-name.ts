/** What may be told of an unknown error: its text can hold what it was given, keys included. */
export function errorName(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
