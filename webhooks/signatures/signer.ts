import type { Headers, WebhookRequest } from '../request.ts';

/** How requests of one kind of sender are signed, and their signatures checked. */
export interface Signer {
  /** Whether a secret has the form that the sender gives it. */
  readonly takes: (secret: string) => boolean;
  /**
   * Whether a request is signed with any of the secrets, at a time that is near enough. Never throws.
   *
   * @param secrets two while one replaces the other
   * @param now milliseconds since 1970
   */
  readonly isSigned: (request: WebhookRequest, secrets: readonly string[], now: number) => boolean;
  /**
   * The headers that a sender adds to a request.
   *
   * @param id of the delivery, where the signature covers it
   * @param now milliseconds since 1970
   */
  readonly sign: (request: WebhookRequest, secret: string, now: number, id: string) => Headers;
}
