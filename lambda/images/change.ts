import type { Order } from './order.ts';

/** The fields of an image that an update can set. */
export const FIELDS = ['title', 'description'] as const;
export type Field = (typeof FIELDS)[number];

/** Values to set; a field that is absent stays as it is at FinerWorks. */
export type Values = { readonly [field in Field]?: string | undefined };

/** What one record wants of one image. */
export interface Change extends Values {
  readonly guid: string;
  /** `null` is the account that the keys belong to. */
  readonly account: string | null;
  readonly order: Order;
  /** The message that wants it, by the id of its first sending. */
  readonly messageId: string;
}

/** What is to be sent for one image: the newest values, and every change that they stand for. */
export interface Update extends Values {
  readonly guid: string;
  readonly account: string | null;
  /** Oldest first. Success of the update is success of each of them. */
  readonly changes: readonly Change[];
}
