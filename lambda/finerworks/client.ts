import type { Keys } from '../keys/keys.ts';
import type { Answer } from './answer.ts';
import { type Call, toBody } from './call.ts';
import { type ListImages, toListBody } from './list-images.ts';
import type { ListSettings } from './list-settings.ts';
import {
  LIST_VIRTUAL_INVENTORY,
  type ListVirtualInventory,
  toInventoryBody,
} from './list-virtual-inventory.ts';
import { type ClientSettings, request } from './request.ts';

/** An answer is one status object, and on the newer host the images sent: far below this. */
const MAX_ANSWER_BYTES = 1_048_576;
/**
 * 80 KiB for each of at most 50 images: 4 KiB for its 20 fields and three addresses, and 38 products of
 * 2 KiB. Shops sell an image in 5 to 30 forms (an estimate). A larger list counts as unreadable.
 */
const MAX_LIST_BYTES = 4 * 1_048_576;

/**
 * Sends one call. Never rejects; `classify` says what the answer means.
 *
 * @param timeoutSeconds to wait for the answer; `callTimeoutSeconds` unless set
 */
export type Send = (call: Call, keys: Keys, timeoutSeconds?: number) => Promise<Answer>;

/** The calls of FinerWorks that the function makes. */
export interface FinerWorks {
  readonly send: Send;
  readonly listImages: ListImages;
  readonly listVirtualInventory: ListVirtualInventory;
}

/** Makes the function's only client of FinerWorks. */
export function createClient(settings: ClientSettings & ListSettings): FinerWorks {
  return {
    send: (call, keys, timeoutSeconds) => {
      const update = { method: 'PUT', path: '/v3/update_images', body: toBody(call) } as const;
      return request({ ...update, cap: MAX_ANSWER_BYTES, timeoutSeconds }, keys, settings);
    },
    listImages: (query, keys, timeoutSeconds) => {
      const body = toListBody(query, settings);
      const list = { method: 'POST', path: '/v3/list_images', body } as const;
      return request({ ...list, cap: MAX_LIST_BYTES, timeoutSeconds }, keys, settings);
    },
    listVirtualInventory: (query, keys, timeoutSeconds) => {
      const body = toInventoryBody(query);
      const list = { method: 'POST', path: LIST_VIRTUAL_INVENTORY, body } as const;
      return request({ ...list, cap: MAX_LIST_BYTES, timeoutSeconds }, keys, settings);
    },
  };
}
