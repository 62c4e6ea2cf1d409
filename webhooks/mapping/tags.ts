import type { JsonObject } from '../../lambda/contract/json.ts';

/** Tags of the form `name:value`, by their names: a list of texts, or one text with commas between. */
export function tagsIn(tags: unknown): JsonObject {
  const all: readonly unknown[] =
    typeof tags === 'string' ? tags.split(',') : Array.isArray(tags) ? tags : [];
  return Object.fromEntries(
    all.flatMap((tag) => {
      const text = typeof tag === 'string' ? tag.trim() : '';
      const colon = text.indexOf(':');
      return colon < 1 ? [] : [[text.slice(0, colon), text.slice(colon + 1).trim()]];
    }),
  );
}
