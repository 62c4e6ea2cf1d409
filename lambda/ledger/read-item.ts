import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { ITEM_VERSION, LedgerItem } from './item.ts';
import { parseItem } from './parse-item.ts';

/** Why an item of the ledger can't be read, and what to do. */
export class UnreadableItem extends Error {
  override readonly name = 'UnreadableItem';
}

/**
 * Reads an image's item.
 *
 * @returns an {@link UnreadableItem} where it can't be understood, or a newer function wrote it, and the
 *   changes of this image have to wait
 */
export function readItem(attributes: Record<string, AttributeValue>): LedgerItem | UnreadableItem {
  const version = Number(attributes.version?.N ?? 1);
  if (version > ITEM_VERSION) {
    return new UnreadableItem(
      `its item has version ${version}, of a newer function: deploy that again, or forget the image`,
    );
  }
  const item = parseItem(LedgerItem, attributes);
  if (!(item instanceof Error)) return item;
  return new UnreadableItem('its item can not be understood; forget the image to start again');
}
