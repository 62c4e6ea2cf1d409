/** An answer of the stand-in. */
// @ts-nocheck

export interface Reply<Body = unknown> {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A text as it is; anything else as JSON. */
  readonly body: Body;
}

/** The documented answer: one status for the whole call. */
export function status(code: number, message = ''): Reply<object> {
  const isSuccess = code === 200;
  return {
    status: code,
    body: { status: { success: isSuccess, status_code: code, message, debug: null } },
  };
}

/** How FinerWorks answers bad keys: HTTP 400, and no status object (reported). */
export const BAD_KEYS = modelState('ApiC.Models.authorization_credentials', [
  'Missing or unauthorized api credentials',
]);

/** How FinerWorks answers a request that breaks its model (reported). */
export function modelState(key: string, faults: readonly string[]): Reply {
  return {
    status: 400,
    body: { Message: 'The request is invalid.', ModelState: { [key]: faults } },
  };
}
