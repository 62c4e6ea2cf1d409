import type { JsonObject } from '../../lambda/contract/json.ts';
import type { ImageChange } from '../../producer/event.ts';
import type { Places } from '../mapping/places.ts';
import type { Headers, WebhookRequest } from '../request.ts';

/** What a signed request says. */
export interface Delivery {
  readonly headers: Headers;
  readonly body: JsonObject;
}

/** What a source needs beside a delivery. */
export interface SourceContext {
  readonly places: Places;
  /** What the secret holds, for a source that has to ask for the rest. */
  readonly secret: JsonObject;
}

/** The changes of a delivery, or why there are none. */
export type Mapped =
  | { readonly kind: 'changes'; readonly changes: readonly ImageChange[] }
  /** Its topic says nothing of titles and descriptions. */
  | { readonly kind: 'ignored' }
  /** No image of FinerWorks belongs to it. */
  | { readonly kind: 'without-guid' };

/** What the deliveries of one kind of sender mean. */
export interface Source {
  /** Where guid and texts are, unless the setting `webhookFields` says otherwise. */
  readonly places: Places;
  /** Whether an unsigned request only asks if anybody is there. */
  readonly isPing?: (request: WebhookRequest) => boolean;
  /** What a letter keeps of the headers: those that the mapping reads, and those that name the shop. */
  readonly headers: readonly string[];
  /**
   * @throws {RejectedEvent} where the delivery can't be mapped
   * @throws {SourceUnavailable} where something else has to be asked, and does not answer
   */
  readonly map: (delivery: Delivery, context: SourceContext) => Mapped | Promise<Mapped>;
}

/** What has to be asked for a delivery did not answer: the sender should send it again. */
export class SourceUnavailable extends Error {
  override readonly name = 'SourceUnavailable';
}
