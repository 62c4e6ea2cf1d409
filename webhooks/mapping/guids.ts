import { isJsonObject } from '../../lambda/contract/json.ts';
import { RejectedEvent } from '../../lambda/contract/rejected-event.ts';
import { jsonOrUndefined } from '../../lambda/general/json-or-undefined.ts';

/** An image at FinerWorks that a record speaks of. */
export interface NamedGuid {
  readonly guid: string;
  /** The id of its picture in the shop, where each picture has a guid of its own. */
  readonly imageId?: string;
}

/**
 * Reads what stands where the guid is to be: one guid, a list of them, or an object of guids by the ids of the
 * shop's pictures; lists and objects as JSON text too, since a metafield is a text.
 *
 * @returns none where there is nothing
 * @throws {RejectedEvent} `InvalidEvent` where it is something else
 */
export function guidsIn(value: unknown, place: string): NamedGuid[] {
  const content =
    typeof value === 'string' && /^\s*[[{]/.test(value) ? jsonOrUndefined(value) : value;
  if (content === undefined && value === undefined) return [];
  if (typeof content === 'string') return content.trim() === '' ? [] : [{ guid: content.trim() }];
  const named: [string | undefined, unknown][] = isJsonObject(content)
    ? Object.entries(content)
    : Array.isArray(content)
      ? content.map((one) => [undefined, one])
      : [[undefined, content]];
  return named.map(([imageId, guid]) => {
    if (typeof guid !== 'string') {
      throw new RejectedEvent(
        'InvalidEvent',
        `${place}: neither a guid, nor a list or an object of guids`,
      );
    }
    return { guid: guid.trim(), ...(imageId !== undefined && { imageId }) };
  });
}
