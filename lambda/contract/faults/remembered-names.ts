import { type Meaning, nearestName } from './near-names.ts';

/** Keys that are remembered: producers write the same few again and again. */
const MAX_REMEMBERED = 1_000;
/** No longer key is near to any name, in UTF-16 code units. */
const LONGEST = 40;

const remembered = new Map<string, Meaning | null>();

/** What a key of an event surely means, as {@link nearestName} says it; of the usual keys it is known already. */
export function meaningOf(key: string): Meaning | undefined {
  if (key.length > LONGEST) return undefined;
  const known = remembered.get(key);
  if (known !== undefined) return known ?? undefined;
  const meaning = nearestName(key);
  if (remembered.size < MAX_REMEMBERED) remembered.set(key, meaning ?? null);
  return meaning;
}
