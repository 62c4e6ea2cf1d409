/**
 * Why something did not go through: one closed union for code, logs, metrics, dead letters and
 * documents. `docs/reasons.md` explains each; a test holds the two together.
 */

/** Reasons that no retry can change: the record is dead-lettered. */
export const REJECTIONS = [
  /** The body is not JSON text. */
  'NotJson',
  /** The body begins with a byte order mark. */
  'ByteOrderMark',
  /** The body is JSON, but no object. */
  'NotAnObject',
  /** Objects and arrays are nested deeper than any event needs. */
  'NestedTooDeep',
  /** A text holds half a surrogate pair, which no UTF-8 can carry. */
  'LoneSurrogate',
  /** A key named `__proto__`. */
  'ForbiddenKey',
  /** A CloudEvents, EventBridge or SNS envelope that does not hold what it must. */
  'InvalidEnvelope',
  /** The `redrive` attribute is not what a redrive writes. */
  'InvalidRedrive',
  /** The event breaks the contract; the detail lists every fault by path. */
  'InvalidEvent',
  /** One event gives one image two values for the same field. */
  'ConflictingImages',
  /** The event's time is far later than its sending: a clock is wrong. */
  'TimeAhead',
  /** The event's time is years earlier than its sending: a default value, because none was set. */
  'TimeTooOld',
  /** The image has virtual inventory products, which an update removes, and the event does not allow that. */
  'WouldRemoveInventory',
  /** FinerWorks refused the update. */
  'Refused',
  /** Still to be retried at the last receive that the queue permits. */
  'RetriesExhausted',
] as const;

/** Reasons that may pass: the record goes back to the queue. */
export const RETRIES = [
  /** No connection, or it broke. */
  'Network',
  /** No answer in time. */
  'Timeout',
  /** HTTP 408 or 429. */
  'Throttled',
  /** HTTP 5xx. */
  'ServerError',
  /** The answer was a redirect, which is never followed: it would carry the keys elsewhere. */
  'Redirected',
  /** The answer was too large, or no JSON of the documented shape. */
  'UnreadableAnswer',
  /** HTTP 403 although the keys are good elsewhere: a firewall, or a permission that is missing. */
  'Forbidden',
  /** FinerWorks did not accept the keys. */
  'BadKeys',
  /** So many images were refused, and nothing went through, that the cause can't be the images. */
  'SystemicRefusal',
  /** Refused, but the event is so young that the image may just have been uploaded. */
  'NotKnownYet',
  /** No call was made now: a circuit is open, FinerWorks asked to wait, or something else has to go first. */
  'Deferred',
  /** The invocation had no time for another call. */
  'NoTimeLeft',
  /** The calls that one invocation may spend to find bad images are spent. */
  'BudgetSpent',
  /** Another invocation is changing the image, or a newer change of it is not decided yet. */
  'Busy',
  /** The ledger could not be read or written: nothing is sent blind. */
  'LedgerUnavailable',
  /** Whether the image has virtual inventory products could not be found out. */
  'InventoryUnknown',
  /** The call was answered with success, and the image is as it was before. */
  'NotTaken',
  /** The process died each time it began with the record. */
  'Crashed',
  /** The dead-letter queue did not confirm the record. */
  'DeadLetterFailed',
  /** A defect of this system. */
  'Unexpected',
] as const;

export type Rejection = (typeof REJECTIONS)[number];
export type Retry = (typeof RETRIES)[number];
export type Reason = Rejection | Retry;
