/** FinerWorks, or something before it, answered over HTTP. Holds no key. */
export interface HttpAnswer {
  readonly kind: 'answer';
  readonly status: number;
  /** The header `Retry-After` as it came, seconds or a date. */
  readonly retryAfter: string | null;
  /** The body without the keys, cut off at the cap. */
  readonly text: string;
  /** Whether the body was larger than the cap. */
  readonly truncated: boolean;
}

/** The code of a {@link NoAnswer}: no connection could be made in time. */
export const NOT_CONNECTED = 'CONNECT_TIMEOUT';

/** There is no answer. Whether the call took effect is unknown, so it counts as failed. */
export interface NoAnswer {
  readonly kind: 'none';
  readonly cause: 'Network' | 'Timeout';
  /** A code such as `ECONNRESET`. Never an error's whole text, which can hold request headers. */
  readonly detail: string;
}

export type Answer = HttpAnswer | NoAnswer;
